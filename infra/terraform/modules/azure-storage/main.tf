# One account with two containers: backups (Velero's and ClickHouse's) and cold (old parts that ClickHouse still reads).
# Encrypted at rest by Azure, twice; no keys, no public blobs, TLS 1.2, and only from our own subnets.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_storage_account" "this" {
  name                              = var.account_name
  location                          = var.location
  resource_group_name               = var.resource_group_name
  account_kind                      = "StorageV2"
  account_tier                      = "Standard"
  account_replication_type          = "LRS" # the other copy of everything is in Sydney
  access_tier                       = "Hot"
  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = false # its keys stand in the state: they open nothing
  default_to_oauth_authentication   = true
  infrastructure_encryption_enabled = true
  cross_tenant_replication_enabled  = false
  local_user_enabled                = false
  public_network_access_enabled     = true # by service endpoint; the rules below let our subnets in and nobody else
  tags                              = var.tags

  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 30
    }
    container_delete_retention_policy {
      days = 30
    }
  }

  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    virtual_network_subnet_ids = var.subnet_ids
    ip_rules                   = var.operator_ips
  }
}

resource "azurerm_storage_container" "this" {
  for_each              = toset(["backups", "cold"])
  name                  = each.value
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

resource "azurerm_storage_management_policy" "this" {
  storage_account_id = azurerm_storage_account.this.id

  # The archive tier takes hours to read: only for backups that are older than what a restore asks for. The store's begin with
  # their year (2026-W48); Velero's, in the same container, are below. Blocks of an upload that was never finished go after 7 days
  # by themselves.
  rule {
    name    = "clickhouse-age"
    enabled = true
    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["backups/20"]
    }
    actions {
      base_blob {
        tier_to_archive_after_days_since_modification_greater_than = var.backups_to_archive_days
        delete_after_days_since_modification_greater_than          = var.backups_expire_days
      }
      version {
        delete_after_days_since_creation = 30
      }
    }
  }

  # Velero removes its own by their time to live, and reads their lists until then: never the archive. This is for what it forgot.
  rule {
    name    = "velero-age"
    enabled = true
    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["backups/velero/"]
    }
    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = var.backups_expire_days
      }
      version {
        delete_after_days_since_creation = 30
      }
    }
  }

  # ClickHouse reads cold parts without notice: the cold tier is slower to pay, not to read. Nothing ends by age: a part that
  # goes behind ClickHouse's back breaks the table.
  rule {
    name    = "cold-age"
    enabled = true
    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["cold/"]
    }
    actions {
      base_blob {
        tier_to_cold_after_days_since_modification_greater_than = var.cold_to_cold_tier_days
      }
      version {
        delete_after_days_since_creation = 7
      }
    }
  }
}
