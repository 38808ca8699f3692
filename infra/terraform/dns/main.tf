# Names of the ingests: NS1 (with Pulsar) and, for those without, Traffic Manager. Comes last: it names the load balancers
# that the clusters made (`kubectl -n outback get service silo-uplink`).

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
    ns1 = {
      source  = "ns1-terraform/ns1"
      version = "~> 2.2"
    }
  }
  backend "azurerm" {}
}

provider "azurerm" {
  subscription_id = var.subscription_id
  features {}
}

provider "ns1" {} # its key comes from NS1_APIKEY, and is in no file and no state

module "layout" {
  source      = "../modules/layout"
  environment = var.environment
  region      = each.key
  for_each    = toset(["syd", "mel"])
}

locals {
  name   = "outback-uptime-${var.environment}"
  tags   = merge(module.layout["syd"].tags, { region = "both" })
  domain = module.layout["syd"].domain
  near   = { syd = "australiaeast", mel = "australiasoutheast" }
}

resource "azurerm_resource_group" "this" {
  name     = "${local.name}-dns"
  location = "australiacentral"
  tags     = local.tags
}

module "traffic_manager" {
  source              = "../modules/traffic-manager"
  name                = local.name
  tags                = local.tags
  resource_group_name = azurerm_resource_group.this.name
  endpoints           = { for region, host in var.load_balancers : region => { target = host, weight = 100, location = local.near[region] } }
}

resource "azurerm_role_assignment" "drill" {
  count                = var.drill_principal_id == null ? 0 : 1
  scope                = module.traffic_manager.profile_id
  role_definition_name = "Reader"
  principal_id         = var.drill_principal_id
  principal_type       = "ServicePrincipal"
}

module "ns1" {
  source = "../modules/ns1"
  count  = var.ns1 ? 1 : 0
  name   = local.name
  tags   = local.tags
  zone   = module.layout["syd"].zone
  domain = "ingest.${local.domain}"
  emails = var.emails
  ingests = {
    for region, host in var.load_balancers : region => {
      domain      = module.layout[region].cluster_values.ingest_host
      target      = host
      weight      = 50
      pulsar_host = "console.${region}.${local.domain}"
      pulsar_path = "/favicon.ico"
    }
  }
}
