variable "name" {
  type        = string
  description = "Prefix of the budgets' names."
}

variable "resource_groups" {
  type = map(object({
    id            = string
    monthly_limit = number
  }))
  description = "Resource groups and the month's money of each, in the currency of the subscription."
  validation {
    condition     = length(var.resource_groups) > 0 && alltrue([for g in var.resource_groups : g.monthly_limit > 0 && g.monthly_limit <= 1500])
    error_message = "resource_groups: at least one; each limit above 0 and at most 1500: more than that is a decision, change it here too."
  }
}

variable "start_month" {
  type        = string
  description = "First month, e.g. 2026-12."
  validation {
    condition     = can(regex("^20[0-9]{2}-(0[1-9]|1[0-2])$", var.start_month))
    error_message = "start_month looks like 2026-12."
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
