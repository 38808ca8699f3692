output "vault_name" {
  description = "For Vault's seal stanza."
  value       = azurerm_key_vault.this.name
}

output "key_name" {
  description = "For Vault's seal stanza."
  value       = azurerm_key_vault_key.seal.name
}

output "key_scope" {
  description = "What the right to use the key is given on."
  value       = azurerm_key_vault_key.seal.resource_versionless_id
}
