output "account_id" {
  description = "The account."
  value       = azurerm_storage_account.this.id
}

output "account_name" {
  description = "Its name."
  value       = azurerm_storage_account.this.name
}

output "container_scopes" {
  description = "What roles are given on, by container."
  value       = { for name, container in azurerm_storage_container.this : name => "${azurerm_storage_account.this.id}/blobServices/default/containers/${container.name}" }
}
