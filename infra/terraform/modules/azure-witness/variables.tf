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

variable "account_name" {
  type        = string
  description = "Name of the storage account."
  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.account_name))
    error_message = "account_name: 3 to 24 lower-case letters and digits."
  }
}

variable "allowed_ips" {
  type        = list(string)
  description = "Public addresses that are let in: the NAT gateways' of Sydney (a NAT gateway's, not a range)."
  validation {
    condition     = alltrue([for ip in var.allowed_ips : can(cidrhost("${ip}/32", 0))])
    error_message = "allowed_ips are single IPv4 addresses."
  }
}

variable "allowed_subnet_ids" {
  type        = list(string)
  description = "Melbourne's subnets of nodes and pods, by the endpoint Microsoft.Storage.Global."
}

variable "issuers" {
  type        = map(string)
  description = "OIDC issuers of clusters outside Azure, by region."
  validation {
    condition     = alltrue([for issuer in var.issuers : startswith(issuer, "https://")])
    error_message = "issuers are https addresses."
  }
}

variable "silo_principal_ids" {
  type        = map(string)
  description = "Principals of the silos' identities in Azure, by region."
  default     = {}
}

variable "shared_key_enabled" {
  type        = bool
  description = "For silos that come with a connection string (Membership__ConnectionString) instead of a token. Then a key of the account is in the state, and opens it."
  default     = false
}
