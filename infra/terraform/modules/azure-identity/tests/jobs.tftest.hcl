mock_provider "azurerm" {
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001", client_id = "00000000-0000-0000-0000-000000000004" }
  }
  mock_resource "azurerm_role_definition" {
    defaults = { role_definition_resource_id = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/d" }
  }
}

variables {
  name                   = "outback-uptime-prod-mel"
  tags                   = { team = "outback-uptime", environment = "prod" }
  location               = "australiasoutheast"
  resource_group_name    = "outback-uptime-prod-mel"
  issuer                 = "https://mock.oic.prod-aks.azure.com/t/u/"
  container_scopes       = { backups = "/a/blobServices/default/containers/backups", cold = "/a/blobServices/default/containers/cold" }
  node_resource_group_id = "/subscriptions/s/resourceGroups/nodes"
  seal_key_scope         = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/keys/vault-seal"
  registry_id            = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r"
  cluster_id             = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c"
  github_repository      = "outback-uptime/outback-uptime"
  github_environment     = "prod"
  jobs                   = { drill = "dev", restore = "prod-restore-test" }
}

run "each_from_its_environment" {
  command = apply
  assert {
    condition     = { for k, c in azurerm_federated_identity_credential.job : k => c.subject } == { drill = "repo:outback-uptime/outback-uptime:environment:dev", restore = "repo:outback-uptime/outback-uptime:environment:prod-restore-test" }
    error_message = "A job is trusted in its own environment only."
  }
  assert {
    condition     = alltrue([for c in azurerm_federated_identity_credential.job : c.issuer == "https://token.actions.githubusercontent.com" && c.audience == tolist(["api://AzureADTokenExchange"])])
    error_message = "And by nothing but GitHub's token for Azure."
  }
}

run "least_privilege" {
  command = apply
  assert {
    condition     = keys(azurerm_role_assignment.restore) == ["restore"] && azurerm_role_assignment.restore["restore"].scope == "${var.cluster_id}/namespaces/velero"
    error_message = "A restore starts the test in Velero's namespace; a drill has nothing here."
  }
  assert {
    condition     = alltrue([for p in azurerm_role_definition.restore["restore"].permissions : length(p.actions) == 0 && alltrue([for a in p.data_actions : !strcontains(a, "*") && !strcontains(a, "secrets") && !strcontains(a, "exec")])])
    error_message = "Named actions only: no secrets, no shell in a pod."
  }
  assert {
    condition     = azurerm_role_assignment.restore_finds_the_cluster["restore"].role_definition_name == "Azure Kubernetes Service Cluster User Role" && alltrue([for i in azurerm_user_assigned_identity.job : i.tags.team == "outback-uptime"])
    error_message = "The address of the cluster, no administrator's password; everything names its team."
  }
  assert {
    condition     = output.drill_principal_id == "00000000-0000-0000-0000-000000000001" && toset(keys(output.job_client_ids)) == toset(["drill", "restore"])
    error_message = "The pipeline and Traffic Manager are told the identities."
  }
}

run "the_role_is_of_our_resource_group" {
  command = apply
  assert {
    condition     = azurerm_role_definition.restore["restore"].scope == "/subscriptions/s/resourceGroups/g" && azurerm_role_definition.restore["restore"].assignable_scopes == tolist(["/subscriptions/s/resourceGroups/g"])
    error_message = "Custom roles belong to a resource group, not to the subscription."
  }
}

run "none_where_none_is_asked_for" {
  command = apply
  variables {
    jobs = {}
  }
  assert {
    condition     = length(azurerm_user_assigned_identity.job) == 0 && length(azurerm_role_definition.restore) == 0 && output.drill_principal_id == null
    error_message = "No identity that nobody takes."
  }
}

run "a_wildcard_is_refused" {
  command = plan
  variables {
    jobs = { restore = "*" }
  }
  expect_failures = [var.jobs]
}
