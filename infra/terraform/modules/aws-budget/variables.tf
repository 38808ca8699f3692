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

variable "monthly_limit_usd" {
  type        = number
  description = "The month's money, in US dollars."
  validation {
    condition     = var.monthly_limit_usd > 0 && var.monthly_limit_usd <= 1000
    error_message = "monthly_limit_usd is above 0 and at most 1000: more than that is a decision, change it here too."
  }
}

variable "emails" {
  type        = list(string)
  description = "Who is told."
  validation {
    condition     = length(var.emails) > 0 && alltrue([for e in var.emails : can(regex("^[^@ ]+@[^@ ]+$", e))])
    error_message = "emails: at least one address; a budget that tells nobody is none."
  }
}
