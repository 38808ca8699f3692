mock_provider "azurerm" {
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  account_name        = "outbackuptimeprodmel"
  subnet_ids          = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"]
}

run "no_public_storage" {
  command = apply
  assert {
    condition     = !azurerm_storage_account.this.allow_nested_items_to_be_public && azurerm_storage_account.this.network_rules[0].default_action == "Deny" && alltrue([for c in azurerm_storage_container.this : c.container_access_type == "private"])
    error_message = "No blob is public, and only our subnets come in."
  }
  assert {
    condition     = !azurerm_storage_account.this.shared_access_key_enabled && !azurerm_storage_account.this.local_user_enabled && azurerm_storage_account.this.min_tls_version == "TLS1_2" && azurerm_storage_account.this.https_traffic_only_enabled
    error_message = "No keys, no users, no old TLS."
  }
}

run "encrypted_and_kept" {
  command = apply
  assert {
    condition     = azurerm_storage_account.this.infrastructure_encryption_enabled && azurerm_storage_account.this.blob_properties[0].versioning_enabled && azurerm_storage_account.this.blob_properties[0].delete_retention_policy[0].days >= 30
    error_message = "Encrypted; a deleted blob can be taken back."
  }
  assert {
    condition     = { for r in azurerm_storage_management_policy.this.rule : r.name => one(flatten([for f in r.filters : tolist(f.prefix_match)])) if r.enabled } == { clickhouse-age = "backups/20", velero-age = "backups/velero/", cold-age = "cold/" }
    error_message = "Each kind of blob has its rule."
  }
  assert {
    condition     = one([for r in azurerm_storage_management_policy.this.rule : "${r.actions[0].base_blob[0].tier_to_archive_after_days_since_modification_greater_than} ${r.actions[0].base_blob[0].delete_after_days_since_modification_greater_than}" if r.name == "clickhouse-age"]) == "31 400"
    error_message = "The store's backups go to the archive after a month and end after a year and a bit."
  }
  assert {
    condition     = one([for r in azurerm_storage_management_policy.this.rule : r.actions[0].base_blob[0].tier_to_cold_after_days_since_modification_greater_than if r.name == "cold-age"]) == 90
    error_message = "Cold parts go to the tier Cold, which is read at once."
  }
  assert {
    condition     = azurerm_storage_account.this.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}

run "a_short_archive_is_refused" {
  command = plan
  variables {
    backups_expire_days = 60
  }
  expect_failures = [var.backups_expire_days]
}
