mock_provider "azurerm" {
  mock_resource "azurerm_key_vault" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  vault_name          = "outback-uptime-prod-mel"
  tenant_id           = "00000000-0000-0000-0000-000000000009"
  subnet_ids          = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"]
}

run "closed_and_not_to_be_lost" {
  command = plan
  assert {
    condition     = azurerm_key_vault.this.network_acls[0].default_action == "Deny" && azurerm_key_vault.this.rbac_authorization_enabled
    error_message = "Only our subnets, only by role."
  }
  assert {
    condition     = azurerm_key_vault.this.purge_protection_enabled && azurerm_key_vault.this.soft_delete_retention_days == 90
    error_message = "A purged seal is a lost Vault."
  }
  assert {
    condition     = azurerm_key_vault.this.tags.team == "outback-uptime" && azurerm_key_vault_key.seal.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}
