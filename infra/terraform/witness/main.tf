# The witness, in Canberra: comes after both regions, since it lets in what they are.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
  backend "azurerm" {}
}

provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true
  features {
    resource_group {
      prevent_deletion_if_contains_resources = true
    }
  }
}

module "layout" {
  source      = "../modules/layout"
  environment = var.environment
  region      = "mel"
}

locals {
  name = "outback-uptime-${var.environment}-witness"
  tags = merge(module.layout.tags, { region = "witness" })
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.location
  tags     = local.tags
}

module "witness" {
  source              = "../modules/azure-witness"
  name                = local.name
  tags                = local.tags
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  account_name        = module.layout.witness_name
  allowed_ips         = var.allowed_ips
  allowed_subnet_ids  = var.allowed_subnet_ids
  issuers             = var.issuers
  silo_principal_ids  = var.silo_principal_ids
  shared_key_enabled  = var.shared_key_enabled
}

module "budget" {
  source      = "../modules/azure-budget"
  name        = local.name
  start_month = var.budget_start_month
  emails      = var.budget_emails
  resource_groups = {
    witness = { id = azurerm_resource_group.this.id, monthly_limit = var.monthly_limit }
  }
}
