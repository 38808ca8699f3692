variable "name" {
  type        = string
  description = "Prefix of all names."
}

variable "tags" {
  type        = map(string)
  description = "On records; must name the team."
  validation {
    condition     = can(var.tags.team) && can(var.tags.environment)
    error_message = "tags must have team and environment."
  }
}

variable "zone" {
  type        = string
  description = "DNS zone, which must exist in NS1."
}

variable "domain" {
  type        = string
  description = "Name for all regions' ingests."
}

variable "ingests" {
  type = map(object({
    domain      = string
    target      = string
    weight      = number
    pulsar_host = string
    pulsar_path = string
  }))
  description = "By region: its own name, host of its load balancer, weight, and where Pulsar's script measures."
  validation {
    condition     = length(var.ingests) >= 2 && alltrue([for i in var.ingests : i.weight >= 0 && i.target != ""])
    error_message = "ingests: two at least, each with the host of its load balancer."
  }
}

variable "port" {
  type        = number
  description = "Port of the uplink."
  default     = 7443
}

variable "ttl" {
  type        = number
  description = "Seconds that resolvers may keep the answer."
  default     = 10
  validation {
    condition     = var.ttl >= 1 && var.ttl <= 10
    error_message = "ttl is 1 to 10."
  }
}

variable "monitor_frequency" {
  type        = number
  description = "Seconds between two looks of a monitor."
  default     = 10
  validation {
    condition     = var.monitor_frequency >= 5 && var.monitor_frequency <= 15
    error_message = "monitor_frequency is 5 to 15: with the recheck and the TTL a failed region must be gone within 30 s."
  }
}

variable "monitor_regions" {
  type        = set(string)
  description = "Where NS1 looks from: three, so that one that is cut off decides nothing."
  default     = ["syd", "sin", "sjc"]
  validation {
    condition     = length(var.monitor_regions) >= 3
    error_message = "monitor_regions: three at least, or there is no quorum."
  }
}

variable "emails" {
  type        = list(string)
  description = "Who is told."
  default     = []
}
