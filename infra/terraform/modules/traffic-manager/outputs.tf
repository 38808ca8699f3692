output "profile_name" {
  description = "PROFILE_NAME of hack/failover.sh."
  value       = azurerm_traffic_manager_profile.this.name
}

output "fqdn" {
  description = "Name of the profile."
  value       = azurerm_traffic_manager_profile.this.fqdn
}

output "profile_id" {
  description = "The profile, for whom may look at it."
  value       = azurerm_traffic_manager_profile.this.id
}
