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

variable "vault_name" {
  type        = string
  description = "Name of the key vault, unique in the world."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,23}$", var.vault_name))
    error_message = "vault_name: 3 to 24 lower-case letters, digits and hyphens."
  }
}

variable "tenant_id" {
  type        = string
  description = "Azure AD tenant."
}

variable "subnet_ids" {
  type        = list(string)
  description = "Subnets that are let in."
}

variable "operator_ips" {
  type        = list(string)
  description = "Addresses that Terraform itself is run from; the key is made through the vault's endpoint."
  default     = []
}
