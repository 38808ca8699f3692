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

variable "load_balancers" {
  type        = map(string)
  description = "Hosts of the uplink's load balancers, by region."
  validation {
    condition     = toset(keys(var.load_balancers)) == toset(["syd", "mel"]) && alltrue([for host in var.load_balancers : can(regex("^[a-z0-9.-]+\\.[a-z]+$", host))])
    error_message = "load_balancers: a host for syd and one for mel (names, not addresses)."
  }
}

variable "ns1" {
  type        = bool
  description = "Names at NS1, with Pulsar. Off: Traffic Manager only, and the ingests' names are somebody else's."
  default     = true
}

variable "emails" {
  type        = list(string)
  description = "Who hears of an ingest that is down from NS1."
  default     = []
}

variable "drill_principal_id" {
  type        = string
  description = "Output `drill_principal_id` of ../azure, where there are drills (dev): it may look at Traffic Manager's endpoints."
  default     = null
}
