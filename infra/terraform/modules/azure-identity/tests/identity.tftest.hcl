mock_provider "azurerm" {
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001", client_id = "00000000-0000-0000-0000-000000000004" }
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
}

run "service_accounts_are_the_bases" {
  command = apply
  assert {
    condition     = { for k, c in azurerm_federated_identity_credential.workload : k => c.subject } == { silo = "system:serviceaccount:outback:silo", clickhouse = "system:serviceaccount:clickhouse:clickhouse", velero = "system:serviceaccount:velero:velero", vault = "system:serviceaccount:vault:vault" }
    error_message = "Names of namespaces and service accounts are a contract with k8s/."
  }
  assert {
    condition     = azurerm_federated_identity_credential.restore_test.subject == "system:serviceaccount:restore-test:clickhouse" && azurerm_federated_identity_credential.restore_test.parent_id == azurerm_user_assigned_identity.workload["clickhouse"].id
    error_message = "The restore test reads the backups by the store's identity."
  }
  assert {
    condition     = azurerm_federated_identity_credential.pipeline.subject == "repo:outback-uptime/outback-uptime:environment:prod"
    error_message = "A wildcard here would let a pull request push images."
  }
}

run "least_privilege" {
  command = apply
  assert {
    condition     = alltrue([for g in azurerm_role_assignment.workload : !contains(["Owner", "Contributor", "User Access Administrator"], g.role_definition_name)])
    error_message = "No general role."
  }
  assert {
    condition     = alltrue([for g in azurerm_role_assignment.workload : g.scope != "/subscriptions/s"]) && length([for g in local.grants : g if g.workload == "silo"]) == 0
    error_message = "On the thing itself, never on the subscription; the silo has nothing here."
  }
  assert {
    condition     = alltrue([for i in azurerm_user_assigned_identity.workload : i.tags.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
}
