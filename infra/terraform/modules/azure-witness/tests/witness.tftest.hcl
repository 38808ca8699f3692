mock_provider "azurerm" {
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001" }
  }
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a" }
  }
}

variables {
  name                = "outback-uptime-prod-witness"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiacentral"
  resource_group_name = "outback-uptime-prod-witness"
  account_name        = "outbackuptimeprodwit"
  allowed_ips         = ["203.0.113.4"]
  allowed_subnet_ids  = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"]
  issuers             = { syd = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK" }
  silo_principal_ids  = { mel = "00000000-0000-0000-0000-000000000005" }
}

run "no_public_storage" {
  command = apply
  assert {
    condition     = azurerm_storage_account.this.network_rules[0].default_action == "Deny" && azurerm_storage_account.this.network_rules[0].bypass == toset(["None"]) && !azurerm_storage_account.this.allow_nested_items_to_be_public
    error_message = "Only the two regions come in."
  }
  assert {
    condition     = !azurerm_storage_account.this.shared_access_key_enabled && azurerm_storage_account.this.min_tls_version == "TLS1_2" && azurerm_storage_account.this.infrastructure_encryption_enabled
    error_message = "No keys, no old TLS, encrypted."
  }
}

run "both_clusters_are_trusted_and_may_do_one_thing" {
  command = apply
  assert {
    condition     = length(azurerm_federated_identity_credential.silo) == 1 && alltrue([for c in azurerm_federated_identity_credential.silo : c.subject == "system:serviceaccount:outback:silo"])
    error_message = "Sydney's silos, by their service account."
  }
  assert {
    condition     = length(azurerm_role_assignment.silo) == 2 && alltrue([for r in azurerm_role_assignment.silo : r.role_definition_name == "Storage Table Data Contributor"]) && azurerm_management_lock.this.lock_level == "CanNotDelete"
    error_message = "Both regions, tables only; and nobody deletes the witness by mistake."
  }
  assert {
    condition     = azurerm_storage_account.this.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}

run "a_range_is_refused" {
  command = plan
  variables {
    allowed_ips = ["0.0.0.0/0"]
  }
  expect_failures = [var.allowed_ips]
}
