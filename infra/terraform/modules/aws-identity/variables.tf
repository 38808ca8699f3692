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

variable "aws_region" {
  type        = string
  description = "AWS region."
  default     = "ap-southeast-2"
}

variable "cluster_issuer" {
  type        = string
  description = "OIDC issuer of the cluster's service accounts."
}

variable "cluster_provider_arn" {
  type        = string
  description = "IAM's OIDC provider for that issuer."
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

variable "github_provider_arn" {
  type        = string
  description = "The account's OIDC provider for GitHub where there is one already; null makes it."
  default     = null
}

variable "repository_arns" {
  type        = map(string)
  description = "Repositories that the pipeline pushes to."
}

variable "bucket_arns" {
  type        = map(string)
  description = "Buckets: backups and cold."
}

variable "kms_key_arn" {
  type        = string
  description = "Key of the buckets and of Vault's seal."
}
