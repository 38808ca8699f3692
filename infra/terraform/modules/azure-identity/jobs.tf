# Jobs of the pipeline (drill: nightly-chaos, restore: restore-test), by GitHub's OIDC. A drill only looks at Traffic Manager
# (../../dns gives it that); a restore enters the cluster and starts the test that lies there.
resource "azurerm_user_assigned_identity" "job" {
  for_each            = var.jobs
  name                = "${var.name}-${each.key}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_federated_identity_credential" "job" {
  for_each            = var.jobs
  name                = "github"
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.job[each.key].id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:${var.github_repository}:environment:${each.value}"
}

locals {
  # Azure lets custom roles be of a resource group at the narrowest; the assignment below is narrower.
  group_id = split("/providers/", var.cluster_id)[0]
  restore  = { for job in keys(var.jobs) : job => azurerm_user_assigned_identity.job[job].principal_id if job == "restore" }
}

# `az aks get-credentials`: an address and no password.
resource "azurerm_role_assignment" "restore_finds_the_cluster" {
  for_each             = local.restore
  scope                = var.cluster_id
  role_definition_name = "Azure Kubernetes Service Cluster User Role"
  principal_id         = each.value
  principal_type       = "ServicePrincipal"
}

# What hack/restore-test.sh calls, in Velero's namespace only: AKS asks Azure who may do what in Kubernetes.
resource "azurerm_role_definition" "restore" {
  for_each    = local.restore
  name        = "${var.name}-restore"
  scope       = local.group_id
  description = "Starts the restore test that lies in the cluster, reads how it went, removes it."
  permissions {
    actions = []
    data_actions = [
      "Microsoft.ContainerService/managedClusters/batch/cronjobs/read",
      "Microsoft.ContainerService/managedClusters/batch/jobs/read",
      "Microsoft.ContainerService/managedClusters/batch/jobs/write",
      "Microsoft.ContainerService/managedClusters/batch/jobs/delete",
      "Microsoft.ContainerService/managedClusters/pods/read",
    ]
  }
  assignable_scopes = [local.group_id]
}

resource "azurerm_role_assignment" "restore" {
  for_each           = local.restore
  scope              = "${var.cluster_id}/namespaces/velero"
  role_definition_id = azurerm_role_definition.restore[each.key].role_definition_resource_id
  principal_id       = each.value
  principal_type     = "ServicePrincipal"
}

output "job_client_ids" {
  description = "By job: drill, restore."
  value       = { for job, identity in azurerm_user_assigned_identity.job : job => identity.client_id }
}

output "drill_principal_id" {
  description = "For Traffic Manager's profile, which lets it look; null where there is no drill."
  value       = one([for job, identity in azurerm_user_assigned_identity.job : identity.principal_id if job == "drill"])
}

variable "jobs" {
  type        = map(string)
  description = "Jobs of the pipeline (drill, restore), and the GitHub environment that each must run in."
  default     = {}
  validation {
    condition     = alltrue([for job, environment in var.jobs : contains(["drill", "restore"], job) && can(regex("^[a-z0-9-]+$", environment))])
    error_message = "jobs: drill or restore, each with the name of an environment, without wildcards."
  }
}

variable "cluster_id" {
  type        = string
  description = "The cluster that the restore test enters."
}
