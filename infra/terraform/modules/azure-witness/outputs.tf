output "account_name" {
  description = "Name of the account: `Membership__AccountUri=https://<name>.table.core.windows.net`."
  value       = azurerm_storage_account.this.name
}

output "client_id" {
  description = "Identity that silos of both regions take for the witness: AZURE_CLIENT_ID."
  value       = azurerm_user_assigned_identity.silo.client_id
}

output "tenant_id" {
  description = "Its tenant: AZURE_TENANT_ID."
  value       = azurerm_user_assigned_identity.silo.tenant_id
}
