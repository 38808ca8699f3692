# Sydney: everything of ours in AWS. `terraform -chdir=infra/terraform/aws init -backend-config=<environment>.s3.tfbackend`

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
  # Bucket, key and locking come from a file of one's own (see State in ../README.md): use_lockfile (Terraform and OpenTofu
  # 1.10 and newer) or dynamodb_table.
  backend "s3" {}
}

provider "aws" {
  region              = module.layout.cluster_values.cloud_region
  allowed_account_ids = [var.account_id] # another account's credentials do nothing here
  default_tags {
    tags = module.layout.tags
  }
}

module "layout" {
  source         = "../modules/layout"
  environment    = var.environment
  region         = "syd"
  aws_account_id = var.account_id
  identities     = { for key, name in { witness_identity = "AZURE_CLIENT_ID", witness_tenant = "AZURE_TENANT_ID" } : key => var.witness_environment[name] if contains(keys(var.witness_environment), name) }
}

data "aws_availability_zones" "this" {
  state = "available"
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  values     = module.layout.cluster_values
  name       = module.layout.name
  tags       = module.layout.tags
  here       = [local.values.network_cidr, local.values.pod_cidr]
  peer       = [local.values.peer_network_cidr, local.values.peer_pod_cidr]
  tunnel     = var.cross_cloud != "none"
  peer_ports = local.values.topology == "stretched" ? [11111, 4143, 4191] : [4143, 4191]
}

module "key" {
  source     = "../modules/aws-key"
  name       = local.name
  tags       = local.tags
  account_id = var.account_id
  aws_region = local.values.cloud_region
}

module "network" {
  source       = "../modules/aws-network"
  name         = local.name
  tags         = local.tags
  aws_region   = local.values.cloud_region
  zones        = slice(data.aws_availability_zones.this.names, 0, 3)
  network_cidr = local.values.network_cidr
  pod_cidr     = local.values.pod_cidr
  nat_gateways = var.nat_gateways
  kms_key_arn  = module.key.arn
}

module "cluster" {
  source              = "../modules/aws-cluster"
  name                = local.name
  tags                = local.tags
  aws_region          = local.values.cloud_region
  kubernetes_version  = var.kubernetes_version
  node_subnet_ids     = module.network.private_subnet_ids
  pod_subnet_ids      = module.network.pod_subnet_ids
  service_cidr        = local.values.service_cidr
  peer_cidrs          = local.tunnel ? local.peer : []
  peer_ports          = local.peer_ports
  public_access_cidrs = var.api_access_cidrs
  admin_role_arns     = var.admin_role_arns
  kms_key_arn         = module.key.arn
  steady_nodes        = var.steady_nodes
  deletion_protection = var.environment == "prod"
}

module "karpenter" {
  source            = "../modules/aws-karpenter"
  name              = local.name
  tags              = local.tags
  aws_region        = local.values.cloud_region
  account_id        = var.account_id
  cluster_name      = module.cluster.name
  node_role_arn     = module.cluster.node_role_arn
  node_role_name    = module.cluster.node_role_name
  security_group_id = module.cluster.security_group_id
  spot_cpu_limit    = var.spot_cpu_limit
  store_cpu_limit   = var.store_cpu_limit
}

module "storage" {
  source      = "../modules/aws-storage"
  name        = local.name
  tags        = local.tags
  kms_key_arn = module.key.arn
}

module "registry" {
  source      = "../modules/aws-registry"
  name        = local.name
  tags        = local.tags
  kms_key_arn = module.key.arn
}

module "identity" {
  source               = "../modules/aws-identity"
  name                 = local.name
  tags                 = local.tags
  aws_region           = local.values.cloud_region
  cluster_issuer       = module.cluster.issuer
  cluster_provider_arn = module.cluster.provider_arn
  github_repository    = var.github_repository
  github_environment   = var.environment
  github_provider_arn  = var.github_provider_arn
  jobs                 = module.layout.jobs
  cluster_name         = module.cluster.name
  cluster_arn          = module.cluster.arn
  repository_arns      = module.registry.repository_arns
  bucket_arns          = module.storage.bucket_arns
  kms_key_arn          = module.key.arn
}

module "wireguard" {
  source          = "../modules/aws-wireguard"
  count           = var.cross_cloud == "wireguard" ? 1 : 0
  name            = local.name
  tags            = local.tags
  aws_region      = local.values.cloud_region
  vpc_id          = module.network.vpc_id
  subnet_id       = values(module.network.public_subnet_ids)[0]
  route_table_ids = module.network.private_route_table_ids
  tunnel_address  = cidrhost(module.layout.wireguard_cidr, 1)
  here_cidrs      = local.here
  peer_cidrs      = local.peer
  peer_address    = var.peer_gateway_address
  peer_key        = var.peer_gateway_key
}

module "vpn" {
  source          = "../modules/aws-vpn"
  count           = var.cross_cloud == "vpn" ? 1 : 0
  name            = local.name
  tags            = local.tags
  vpc_id          = module.network.vpc_id
  route_table_ids = module.network.private_route_table_ids
  peer_address    = var.peer_gateway_address
  peer_cidrs      = local.peer
}

module "budget" {
  source            = "../modules/aws-budget"
  name              = local.name
  tags              = local.tags
  monthly_limit_usd = var.monthly_limit_usd
  emails            = var.budget_emails
}
