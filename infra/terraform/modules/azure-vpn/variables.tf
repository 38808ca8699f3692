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

variable "subnet_id" {
  type        = string
  description = "GatewaySubnet."
}

variable "sku" {
  type        = string
  description = "VpnGw1 is the smallest that takes IKEv2 policies of our own."
  default     = "VpnGw1"
  validation {
    condition     = contains(["VpnGw1", "VpnGw2"], var.sku)
    error_message = "sku is VpnGw1 or VpnGw2."
  }
}

variable "peer_addresses" {
  type        = list(string)
  description = "Both ends of AWS' VPN connection; empty until it exists."
  default     = []
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region."
}
