mock_provider "azurerm" {
  mock_resource "azurerm_resource_group" {
    defaults = { id = "/subscriptions/s/resourceGroups/g" }
  }
  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s" }
  }
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001", client_id = "00000000-0000-0000-0000-000000000004" }
  }
  mock_resource "azurerm_kubernetes_cluster" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c", oidc_issuer_url = "https://mock.oic.prod-aks.azure.com/t/u/" }
  }
  mock_resource "azurerm_role_definition" {
    defaults = { role_definition_resource_id = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/d" }
  }
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a" }
  }
  mock_resource "azurerm_key_vault" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v" }
  }
  mock_resource "azurerm_network_interface" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n" }
  }
  mock_resource "azurerm_virtual_network_gateway" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/v" }
  }
  mock_resource "azurerm_local_network_gateway" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/localNetworkGateways/l" }
  }
}

variables {
  environment        = "prod"
  subscription_id    = "00000000-0000-0000-0000-000000000000"
  tenant_id          = "00000000-0000-0000-0000-000000000000"
  github_repository  = "outback-uptime/outback-uptime"
  operator_ips       = ["203.0.113.10"]
  budget_start_month = "2026-12"
  budget_emails      = ["ops@example.net"]
  gateway_ssh_key    = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFake test"
}

run "values_for_flux" {
  command = apply
  assert {
    condition     = output.cluster_values.registry == "outbackuptimeprodmel.azurecr.io" && output.cluster_values.silo_identity == "00000000-0000-0000-0000-000000000004" && length(output.cluster_values) == 25
    error_message = "Names are the layout's, client ids the identities'."
  }
}

run "jobs_of_the_pipeline" {
  command = apply
  assert {
    condition     = keys(output.job_client_ids) == ["restore"] && output.drill_principal_id == null
    error_message = "Nothing is broken on purpose in prod."
  }
}

run "the_dear_tunnel" {
  command = apply
  variables {
    cross_cloud        = "vpn"
    peer_vpn_addresses = ["203.0.113.11", "203.0.113.12"]
  }
  assert {
    condition     = length(module.vpn) == 1 && length(module.wireguard) == 0
    error_message = "One tunnel or the other."
  }
}

run "the_internet_is_refused" {
  command = plan
  variables {
    operator_ips = ["0.0.0.0/0"]
  }
  expect_failures = [var.operator_ips]
}
