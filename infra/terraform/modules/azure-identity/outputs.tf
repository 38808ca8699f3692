output "client_ids" {
  description = "By workload: annotations of the service accounts."
  value       = { for name, identity in azurerm_user_assigned_identity.workload : name => identity.client_id }
}

output "pipeline_client_id" {
  description = "For the pipeline's login."
  value       = azurerm_user_assigned_identity.pipeline.client_id
}

output "silo_principal_id" {
  description = "For the witness, which lets it in."
  value       = azurerm_user_assigned_identity.workload["silo"].principal_id
}
