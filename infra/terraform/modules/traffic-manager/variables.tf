variable "name" {
  type        = string
  description = "Prefix of all names, e.g. outback-uptime-prod."
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

variable "resource_group_name" {
  type        = string
  description = "Resource group."
}

variable "port" {
  type        = number
  description = "Port of the uplink."
  default     = 7443
}

variable "ttl" {
  type        = number
  description = "Seconds that resolvers may keep an answer."
  default     = 10
  validation {
    condition     = var.ttl >= 0 && var.ttl <= 10
    error_message = "ttl is at most 10: a failed region must be gone within 30 s (10 s to the next check, 5 s until it is given up, a second failure, the TTL)."
  }
}

variable "endpoints" {
  type = map(object({
    target   = string
    weight   = number
    location = string
  }))
  description = "Ingests by region: host, weight to begin with, Azure region that it is nearest to."
  validation {
    condition     = length(var.endpoints) >= 2 && alltrue([for e in var.endpoints : e.weight >= 1 && e.weight <= 1000])
    error_message = "endpoints: two at least, weights 1 to 1000."
  }
}
