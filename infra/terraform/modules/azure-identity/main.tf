# Managed identities of the workloads and of the pipeline: no passwords, trust by issuer and subject.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

locals {
  workloads = {
    clickhouse = { namespace = "clickhouse", service_account = "clickhouse" }
    velero     = { namespace = "velero", service_account = "velero" }
    vault      = { namespace = "vault", service_account = "vault" }
    # The silo's rights are the witness's to give (../azure-witness); the identity is this region's own.
    silo = { namespace = "outback", service_account = "silo" }
  }
  grants = {
    clickhouse-cold    = { workload = "clickhouse", role = "Storage Blob Data Contributor", scope = var.container_scopes.cold }
    clickhouse-backups = { workload = "clickhouse", role = "Storage Blob Data Contributor", scope = var.container_scopes.backups }
    velero-backups     = { workload = "velero", role = "Storage Blob Data Contributor", scope = var.container_scopes.backups }
    velero-snapshots   = { workload = "velero", role = "Disk Snapshot Contributor", scope = var.node_resource_group_id }
    vault-seal         = { workload = "vault", role = "Key Vault Crypto User", scope = var.seal_key_scope }
  }
}

resource "azurerm_user_assigned_identity" "workload" {
  for_each            = local.workloads
  name                = "${var.name}-${each.key}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_federated_identity_credential" "workload" {
  for_each            = local.workloads
  name                = "kubernetes"
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.workload[each.key].id
  issuer              = var.issuer
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
}

# The monthly restore test's scratch store reads the backups as the store does.
resource "azurerm_federated_identity_credential" "restore_test" {
  name                = "restore-test"
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.workload["clickhouse"].id
  issuer              = var.issuer
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:restore-test:clickhouse"
  depends_on          = [azurerm_federated_identity_credential.workload] # Azure takes one at a time for an identity
}

resource "azurerm_role_assignment" "workload" {
  for_each             = local.grants
  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.workload[each.value.workload].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_user_assigned_identity" "pipeline" {
  name                = "${var.name}-pipeline"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

# An environment of GitHub's, which has reviewers and branches of its own; never a pull request.
resource "azurerm_federated_identity_credential" "pipeline" {
  name                = "github"
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.pipeline.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:${var.github_repository}:environment:${var.github_environment}"
}

resource "azurerm_role_assignment" "pipeline" {
  scope                = var.registry_id
  role_definition_name = "AcrPush"
  principal_id         = azurerm_user_assigned_identity.pipeline.principal_id
  principal_type       = "ServicePrincipal"
}
