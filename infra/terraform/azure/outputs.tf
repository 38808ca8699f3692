output "cluster_values" {
  description = "Key by key what k8s/overlays/<environment>/melbourne/cluster-values.yaml holds; the identities are known after apply."
  value       = module.layout.cluster_values
}

output "silo_principal_id" {
  description = "For ../witness: `silo_principal_ids = { mel = ... }`."
  value       = module.identity.silo_principal_id
}

output "subnet_ids" {
  description = "For ../witness: `allowed_subnet_ids`."
  value       = local.subnets
}

output "gateway_address" {
  description = "For ../aws: `peer_gateway_address`."
  value       = var.cross_cloud == "vpn" ? one(module.vpn[*].address) : one(module.wireguard[*].address)
}

output "gateway_vm_name" {
  description = "Its public key: `az vm boot-diagnostics get-boot-log -g <group> -n <this> | grep 'wireguard public key'`."
  value       = one(module.wireguard[*].vm_name)
}

output "resource_group_name" {
  description = "RESOURCE_GROUP of scripts that act on this region."
  value       = azurerm_resource_group.this.name
}

output "pipeline_client_id" {
  description = "For the pipeline's login."
  value       = module.identity.pipeline_client_id
}

output "vault_seal" {
  description = "For Vault's seal stanza: vault and key."
  value       = { vault = module.key_vault.vault_name, key = module.key_vault.key_name }
}

output "job_client_ids" {
  description = "For the pipeline's jobs: `drill` is AZURE_DRILL_CLIENT_ID of the GitHub environment dev, `restore` AZURE_RESTORE_CLIENT_ID of prod-restore-test."
  value       = module.identity.job_client_ids
}

output "drill_principal_id" {
  description = "For ../dns: `drill_principal_id`."
  value       = module.identity.drill_principal_id
}
