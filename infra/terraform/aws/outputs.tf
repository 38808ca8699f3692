output "cluster_values" {
  description = "Key by key what k8s/overlays/<environment>/sydney/cluster-values.yaml holds."
  value       = module.layout.cluster_values
  precondition {
    condition     = module.identity.workload_role_arns != null && module.layout.cluster_values.backup_bucket == module.storage.bucket_names.backups && module.layout.cluster_values.cold_bucket == module.storage.bucket_names.cold
    error_message = "The layout names other buckets than the modules make."
  }
}

output "cluster_issuer" {
  description = "For ../witness: `issuers = { syd = ... }`."
  value       = module.cluster.issuer
}

output "nat_ips" {
  description = "For ../witness: `allowed_ips`."
  value       = module.network.nat_ips
}

output "gateway_address" {
  description = "For ../azure: `peer_gateway_address`."
  value       = one(module.wireguard[*].address)
}

output "gateway_instance_id" {
  description = "Its public key: `aws ec2 get-console-output --latest --output text --instance-id <this> | grep 'wireguard public key'`."
  value       = one(module.wireguard[*].instance_id)
}

output "vpn_tunnel_addresses" {
  description = "For ../azure: `peer_vpn_addresses`."
  value       = one(module.vpn[*].tunnel_addresses)
}

output "pipeline_role_arn" {
  description = "For the pipeline's `role-to-assume`."
  value       = module.identity.pipeline_role_arn
}

output "karpenter_queue" {
  description = "For Karpenter's setting `settings.interruptionQueue`."
  value       = module.karpenter.interruption_queue
}

output "karpenter_manifests" {
  description = "`terraform output -raw karpenter_manifests | kubectl apply -f -`, once Karpenter runs."
  value       = module.karpenter.manifests
}

output "job_role_arns" {
  description = "For the pipeline's jobs: `drill` is AWS_DRILL_ROLE of the GitHub environment dev, `restore` AWS_RESTORE_ROLE of prod-restore-test."
  value       = module.identity.job_role_arns
}
