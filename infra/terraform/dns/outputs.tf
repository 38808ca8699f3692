output "resource_group_name" {
  description = "RESOURCE_GROUP of hack/failover.sh."
  value       = azurerm_resource_group.this.name
}

output "profile_name" {
  description = "PROFILE_NAME of hack/failover.sh."
  value       = module.traffic_manager.profile_name
}

output "profile_fqdn" {
  description = "Name of the profile."
  value       = module.traffic_manager.fqdn
}

output "ingest_domain" {
  description = "Name for both regions' ingests."
  value       = one(module.ns1[*].domain)
}
