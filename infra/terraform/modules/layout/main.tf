# Names and addresses of everything, derived from layout.json and nothing else. No provider, no resource: what comes out
# here is known before any cloud is asked, so that the Flux overlays can be compared with it in a test.

terraform {
  required_version = ">= 1.7"
}

locals {
  # As JSON both ways: two objects of a condition would have to be of one type.
  layout = jsondecode(var.layout == null ? file("${path.module}/../../layout.json") : jsonencode(var.layout))
  env    = local.layout.environments[var.environment]
  here   = local.env.regions[var.region]
  peer   = one([for name in keys(local.env.regions) : name if name != var.region])
  there  = local.env.regions[local.peer]

  name = "${local.layout.project}-${var.environment}-${var.region}"
  flat = replace(local.layout.project, "-", "") # storage accounts and registries allow letters and digits only
  aws  = local.here.cloud == "aws"

  account = coalesce(var.aws_account_id, local.layout.aws_account_id)
  # Role ARNs are known beforehand, client ids of managed identities only after apply; until then zeros, which open nothing.
  identities = {
    for workload in ["silo", "clickhouse", "velero", "vault"] : workload => local.aws ? "arn:aws:iam::${local.account}:role/${local.name}-${workload}" : lookup(var.identities, workload, "00000000-0000-0000-0000-000000000000")
  }

  # Silos outside Azure take an identity of the witness' (its output `silo_environment`), which comes after them; until then zeros.
  witness = { for key in ["witness_identity", "witness_tenant"] : key => lookup(var.identities, key, "00000000-0000-0000-0000-000000000000") if local.aws }

  cluster_values = merge(local.witness, {
    environment         = var.environment
    region              = var.region
    region_name         = local.here.region_name
    cloud               = local.here.cloud
    cloud_region        = local.here.cloud_region
    cluster_name        = local.name
    network_cidr        = local.here.network_cidr
    pod_cidr            = local.here.pod_cidr
    service_cidr        = local.here.service_cidr
    peer_region         = local.peer
    peer_network_cidr   = local.there.network_cidr
    peer_pod_cidr       = local.there.pod_cidr
    registry            = local.aws ? "${local.account}.dkr.ecr.${local.here.cloud_region}.amazonaws.com" : "${local.flat}${var.environment}${var.region}.azurecr.io"
    backup_bucket       = local.aws ? "${local.name}-backups" : "backups"
    cold_bucket         = local.aws ? "${local.name}-cold" : "cold"
    silo_identity       = local.identities.silo
    clickhouse_identity = local.identities.clickhouse
    velero_identity     = local.identities.velero
    vault_identity      = local.identities.vault
    witness_account     = "${local.flat}${var.environment}wit"
    witness_table       = local.layout.witness_table
    ingest_host         = "ingest.${var.region}.${local.env.domain_prefix}${local.layout.domain}"
    vault_host          = "vault.${local.env.domain_prefix}${local.layout.domain}"
    rotation_day        = tostring(local.here.rotation_day) # of the month; a region's stores get new passwords on a day of their own
    topology            = local.env.topology
  })

  # Every range that could ever meet another one: both regions' of all environments, the edge's and the tunnel's.
  # Services are only reachable inside a cluster, but an overlap would still shadow the other side's addresses.
  ranges = merge(
    { for range in flatten([
      for environment, e in local.layout.environments : [
        for region, r in e.regions : [for kind in ["network_cidr", "pod_cidr", "service_cidr"] : { key = "${environment}/${region}/${kind}", cidr = r[kind] }]
      ]
    ]) : range.key => range.cidr },
    { "edge/pod_cidr" = local.layout.edge.pod_cidr, "edge/service_cidr" = local.layout.edge.service_cidr, "wireguard" = local.layout.wireguard_cidr },
  )
  bounds = {
    for key, cidr in local.ranges : key => {
      first = sum([for i, octet in split(".", cidrhost(cidr, 0)) : tonumber(octet) * pow(256, 3 - i)])
      last  = sum([for i, octet in split(".", cidrhost(cidr, -1)) : tonumber(octet) * pow(256, 3 - i)])
    }
  }
  keys = keys(local.bounds)
  overlaps = flatten([
    for i, a in local.keys : [
      for b in slice(local.keys, i + 1, length(local.keys)) : "${a} ${local.ranges[a]} overlaps ${b} ${local.ranges[b]}"
      if local.bounds[a].first <= local.bounds[b].last && local.bounds[b].first <= local.bounds[a].last
    ]
  ])
}
