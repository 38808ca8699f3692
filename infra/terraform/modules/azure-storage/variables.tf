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

variable "subnet_ids" {
  type        = list(string)
  description = "Subnets that are let in."
  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "subnet_ids: with nobody let in, nothing works."
  }
}

variable "operator_ips" {
  type        = list(string)
  description = "Addresses that Terraform itself is run from; containers are made through the blob endpoint."
  default     = []
}

variable "backups_to_archive_days" {
  type        = number
  description = "Days before a backup goes to the archive tier (up to 15 h to read)."
  default     = 31
  validation {
    condition     = var.backups_to_archive_days >= 31
    error_message = "A month of backups stays at hand: the monthly restore test reads them."
  }
}

variable "backups_expire_days" {
  type        = number
  description = "Days before a backup is deleted."
  default     = 400
  validation {
    condition     = var.backups_expire_days >= 211
    error_message = "The archive tier charges for 180 days; with 31 days before it, keep backups 211 days at least."
  }
}

variable "cold_to_cold_tier_days" {
  type        = number
  description = "Days before a cold part goes to the cold tier."
  default     = 90
}
