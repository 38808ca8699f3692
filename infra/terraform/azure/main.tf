# Melbourne: everything of ours in that region of Azure.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
  backend "azurerm" {} # from a file of one's own; a lease of the blob locks it
}

provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true # the accounts have no keys
  features {
    key_vault {
      purge_soft_delete_on_destroy = false
    }
    resource_group {
      prevent_deletion_if_contains_resources = true
    }
  }
}

module "layout" {
  source      = "../modules/layout"
  environment = var.environment
  region      = "mel"
  identities  = module.identity.client_ids
}

# Names and ranges only: `module.layout` waits for the identities, which wait for the cluster.
module "plan" {
  source      = "../modules/layout"
  environment = var.environment
  region      = "mel"
}

locals {
  values     = module.plan.cluster_values
  name       = module.plan.name
  tags       = module.plan.tags
  here       = [local.values.network_cidr, local.values.pod_cidr]
  peer       = [local.values.peer_network_cidr, local.values.peer_pod_cidr]
  tunnel     = var.cross_cloud != "none"
  peer_ports = local.values.topology == "stretched" ? ["11111", "4143", "4191"] : ["4143", "4191"]
  subnets    = [module.network.node_subnet_id, module.network.pod_subnet_id]
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = local.values.cloud_region
  tags     = local.tags
}

module "network" {
  source              = "../modules/azure-network"
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  network_cidr        = local.values.network_cidr
  pod_cidr            = local.values.pod_cidr
  peer_cidrs          = local.tunnel ? local.peer : []
  peer_ports          = local.peer_ports
  vpn_gateway         = var.cross_cloud == "vpn"
}

module "cluster" {
  source                 = "../modules/azure-cluster"
  name                   = local.name
  tags                   = local.tags
  location               = azurerm_resource_group.this.location
  resource_group_name    = azurerm_resource_group.this.name
  kubernetes_version     = var.kubernetes_version
  sku_tier               = var.environment == "prod" ? "Standard" : "Free"
  network_id             = module.network.network_id
  node_subnet_id         = module.network.node_subnet_id
  pod_subnet_id          = module.network.pod_subnet_id
  service_cidr           = local.values.service_cidr
  private_cluster        = var.private_cluster
  authorized_ip_ranges   = var.operator_ips
  admin_group_object_ids = var.admin_group_object_ids
  spot_max               = var.spot_max
  spot_max_price         = var.spot_max_price
}

module "storage" {
  source              = "../modules/azure-storage"
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  account_name        = module.plan.flat_name
  subnet_ids          = local.subnets
  operator_ips        = var.operator_ips
}

module "registry" {
  source              = "../modules/azure-registry"
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  registry_name       = module.plan.flat_name
  kubelet_object_id   = module.cluster.kubelet_object_id
}

module "key_vault" {
  source              = "../modules/azure-key-vault"
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  vault_name          = local.name
  tenant_id           = var.tenant_id
  subnet_ids          = local.subnets
  operator_ips        = var.operator_ips
}

module "identity" {
  source                 = "../modules/azure-identity"
  name                   = local.name
  tags                   = local.tags
  location               = azurerm_resource_group.this.location
  resource_group_name    = azurerm_resource_group.this.name
  issuer                 = module.cluster.issuer
  container_scopes       = module.storage.container_scopes
  node_resource_group_id = module.cluster.node_resource_group_id
  seal_key_scope         = module.key_vault.key_scope
  registry_id            = module.registry.id
  github_repository      = var.github_repository
  github_environment     = var.environment
  jobs                   = module.plan.jobs
  cluster_id             = module.cluster.id
}

module "wireguard" {
  source              = "../modules/azure-wireguard"
  count               = var.cross_cloud == "wireguard" ? 1 : 0
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  subnet_id           = module.network.gateway_subnet_id
  private_address     = cidrhost(cidrsubnet(local.values.network_cidr, 8, 48), 4) # Azure keeps the first four
  route_table_name    = module.network.route_table_name
  tunnel_address      = cidrhost(module.plan.wireguard_cidr, 2)
  here_cidrs          = local.here
  peer_cidrs          = local.peer
  peer_address        = var.peer_gateway_address
  peer_key            = var.peer_gateway_key
  admin_ssh_key       = var.gateway_ssh_key
}

module "vpn" {
  source              = "../modules/azure-vpn"
  count               = var.cross_cloud == "vpn" ? 1 : 0
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  subnet_id           = module.network.vpn_subnet_id
  peer_addresses      = var.peer_vpn_addresses
  peer_cidrs          = local.peer
}

module "budget" {
  source      = "../modules/azure-budget"
  name        = local.name
  start_month = var.budget_start_month
  emails      = var.budget_emails
  resource_groups = {
    mel = { id = azurerm_resource_group.this.id, monthly_limit = var.monthly_limit }
  }
}
