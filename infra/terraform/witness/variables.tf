variable "environment" {
  type        = string
  description = "dev or prod; each in an account (subscription) of its own."
  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment is dev or prod."
  }
}

variable "subscription_id" {
  type        = string
  description = "Azure subscription."
  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id is a GUID."
  }
}

variable "location" {
  type        = string
  description = "A third place: neither Melbourne nor where Sydney is."
  default     = "australiacentral"
  validation {
    condition     = !contains(["australiasoutheast", "australiaeast"], var.location)
    error_message = "A witness that dies with a region blocks takeover (docs/decisions/0002-membership-witness.md)."
  }
}

variable "allowed_ips" {
  type        = list(string)
  description = "Output `nat_ips` of ../aws."
}

variable "allowed_subnet_ids" {
  type        = list(string)
  description = "Output `subnet_ids` of ../azure."
}

variable "issuers" {
  type        = map(string)
  description = "Outside Azure: { syd = output `cluster_issuer` of ../aws }."
}

variable "silo_principal_ids" {
  type        = map(string)
  description = "In Azure: { mel = output `silo_principal_id` of ../azure }."
}

variable "shared_key_enabled" {
  type        = bool
  description = "For silos that come with a connection string instead of a token."
  default     = false
}

variable "monthly_limit" {
  type        = number
  description = "The month's money, in the currency of the subscription. The witness costs cents."
  default     = 5
}

variable "budget_start_month" {
  type        = string
  description = "First month of the budget, e.g. 2026-12."
}

variable "budget_emails" {
  type        = list(string)
  description = "Who is told about it."
}
