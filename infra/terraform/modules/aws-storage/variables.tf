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

variable "kms_key_arn" {
  type        = string
  description = "Key of the buckets."
}

variable "backups_to_glacier_days" {
  type        = number
  description = "Days before a backup goes to Glacier Flexible Retrieval (3 to 5 h to read)."
  default     = 31
  validation {
    condition     = var.backups_to_glacier_days >= 31
    error_message = "A month of backups stays at hand: the monthly restore test reads them."
  }
}

variable "backups_expire_days" {
  type        = number
  description = "Days before a backup is deleted."
  default     = 400
  validation {
    condition     = var.backups_expire_days >= 90
    error_message = "Backups are kept 90 days at least (Glacier charges for 90 anyway)."
  }
}

variable "cold_to_glacier_days" {
  type        = number
  description = "Days before a cold part goes to Glacier Instant Retrieval."
  default     = 90
}
