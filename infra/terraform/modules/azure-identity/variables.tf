variable "name" {
  type        = string
  description = "Prefix of all names, e.g. outback-uptime-prod-syd."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: 3 to 32 lower-case letters, digits and hyphens."
  }
}

variable "tags" {
  type        = map(string)
  description = "On everything that takes tags; must name the team."
  validation {
    condition     = can(var.tags.team) && can(var.tags.environment)
    error_message = "tags must have team and environment."
  }
}

variable "location" {
  type        = string
  description = "Azure region."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group."
}

variable "issuer" {
  type        = string
  description = "OIDC issuer of the cluster."
}

variable "container_scopes" {
  type        = map(string)
  description = "Blob containers: backups and cold."
}

variable "node_resource_group_id" {
  type        = string
  description = "Resource group of the cluster's nodes and disks, for Velero's snapshots."
}

variable "seal_key_scope" {
  type        = string
  description = "Key of Vault's seal."
}

variable "registry_id" {
  type        = string
  description = "Registry that the pipeline pushes to."
}

variable "github_repository" {
  type        = string
  description = "owner/name of the repository whose pipeline may push images."
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository is owner/name, without wildcards."
  }
}

variable "github_environment" {
  type        = string
  description = "GitHub environment that the pushing job must run in."
  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.github_environment))
    error_message = "github_environment is a name, without wildcards."
  }
}
