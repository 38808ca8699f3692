output "account_name" {
  description = "`witness_account` of the overlays."
  value       = module.witness.account_name
}

output "silo_environment" {
  description = "For silos outside Azure, beside a projected token with audience api://AzureADTokenExchange."
  value       = { AZURE_CLIENT_ID = module.witness.client_id, AZURE_TENANT_ID = module.witness.tenant_id }
}
