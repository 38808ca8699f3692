output "name" {
  description = "Prefix of all names in this region, and the cluster's name."
  value       = local.name
}

output "flat_name" {
  description = "The same for names that allow letters and digits only."
  value       = "${local.flat}${var.environment}${var.region}"
}

output "witness_name" {
  description = "Name of the witness's storage account."
  value       = local.cluster_values.witness_account
}

output "domain" {
  description = "Domain of this environment."
  value       = "${local.env.domain_prefix}${local.layout.domain}"
}

output "zone" {
  description = "DNS zone."
  value       = local.layout.domain
}

output "wireguard_cidr" {
  description = "Addresses of the two ends of the tunnel between the clouds."
  value       = local.layout.wireguard_cidr
}

output "tags" {
  description = "On everything that takes tags."
  value = {
    team        = local.layout.team
    project     = local.layout.project
    environment = var.environment
    region      = var.region
    managed-by  = "terraform"
  }
}

output "ranges" {
  description = "The whole address plan."
  value       = local.ranges
}

output "cluster_values" {
  description = "What Flux substitutes in the overlays: the keys and values of k8s/overlays/<environment>/<region_name>/cluster-values.yaml."
  value       = local.cluster_values
  precondition {
    condition     = length(local.overlaps) == 0
    error_message = "The address plan overlaps: ${join("; ", local.overlaps)}"
  }
}

output "after_apply" {
  description = "Keys of cluster_values that only an apply knows."
  value       = local.layout.after_apply[var.region]
}

output "jobs" {
  description = "Jobs of the pipeline that enter this environment's clusters, and the GitHub environment of each."
  value       = tomap(try(local.env.jobs, {}))
}
