mock_provider "azurerm" {
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001" }
  }
  mock_resource "azurerm_kubernetes_cluster" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c", oidc_issuer_url = "https://mock.oic.prod-aks.azure.com/t/u/" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  network_id          = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"
  node_subnet_id      = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"
  pod_subnet_id       = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/pods"
  service_cidr        = "172.21.0.0/16"
}

run "no_password_anywhere" {
  command = apply
  assert {
    condition     = azurerm_kubernetes_cluster.this.local_account_disabled && azurerm_kubernetes_cluster.this.workload_identity_enabled && azurerm_kubernetes_cluster.this.oidc_issuer_enabled
    error_message = "A local account's certificate would be in the state."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.azure_active_directory_role_based_access_control[0].azure_rbac_enabled && !azurerm_kubernetes_cluster.this.run_command_enabled
    error_message = "Who may do what is Azure AD's."
  }
}

run "pods_have_addresses_of_the_network" {
  command = apply
  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].pod_subnet_id == var.pod_subnet_id && azurerm_kubernetes_cluster_node_pool.spot.pod_subnet_id == var.pod_subnet_id
    error_message = "An overlay's pods can't be called from the other cloud."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.network_profile[0].dns_service_ip == "172.21.0.10" && azurerm_kubernetes_cluster.this.network_profile[0].outbound_type == "userAssignedNATGateway"
    error_message = "DNS within the services' range; out by the address that the witness knows."
  }
}

run "spot_is_bounded" {
  command = apply
  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.spot.priority == "Spot" && azurerm_kubernetes_cluster_node_pool.spot.spot_max_price == 0.05 && azurerm_kubernetes_cluster_node_pool.spot.max_count == 4
    error_message = "Neither the price nor the number of spot nodes is open."
  }
  assert {
    condition     = alltrue([for t in [azurerm_kubernetes_cluster.this.tags, azurerm_kubernetes_cluster.this.default_node_pool[0].tags, azurerm_kubernetes_cluster_node_pool.spot.tags, azurerm_user_assigned_identity.cluster.tags] : t.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
}

run "any_price_is_refused" {
  command = plan
  variables {
    spot_max_price = -1
  }
  expect_failures = [var.spot_max_price]
}

run "the_internet_is_refused" {
  command = plan
  variables {
    authorized_ip_ranges = ["0.0.0.0/0"]
  }
  expect_failures = [var.authorized_ip_ranges]
}
