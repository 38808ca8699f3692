# The witness: a storage account in a third place (Canberra) with the membership table of Orleans and nothing else. Both
# clouds' silos reach it, none of them with a password: Azure trusts both clusters' OIDC issuers.

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
  account_replication_type          = "LRS" # a replica far away would not take votes: they are writes
  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = var.shared_key_enabled # its keys stand in the state: off, they open nothing
  default_to_oauth_authentication   = true
  infrastructure_encryption_enabled = true
  cross_tenant_replication_enabled  = false
  local_user_enabled                = false
  public_network_access_enabled     = true # Sydney comes over the internet; the rules below let it and Melbourne in
  tags                              = var.tags

  network_rules {
    default_action             = "Deny"
    bypass                     = ["None"]
    ip_rules                   = var.allowed_ips
    virtual_network_subnet_ids = var.allowed_subnet_ids
  }
}

# The silos make their table themselves (its name is an option of theirs, and the role lets them).
# Silos outside Azure: an identity that trusts their cluster's issuer; its client id and tenant go into their environment.
resource "azurerm_user_assigned_identity" "silo" {
  name                = "${var.name}-silo"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_federated_identity_credential" "silo" {
  for_each            = var.issuers
  name                = each.key
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.silo.id
  issuer              = each.value
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:outback:silo"
}

resource "azurerm_role_assignment" "silo" {
  for_each             = merge(var.silo_principal_ids, { outside-azure = azurerm_user_assigned_identity.silo.principal_id })
  scope                = azurerm_storage_account.this.id
  role_definition_name = "Storage Table Data Contributor"
  principal_id         = each.value
  principal_type       = "ServicePrincipal"
}

# Without the witness no silo can join: nobody deletes it by mistake.
resource "azurerm_management_lock" "this" {
  name       = "witness"
  scope      = azurerm_storage_account.this.id
  lock_level = "CanNotDelete"
  notes      = "Membership of both regions. See docs/decisions/0002-membership-witness.md"
}
