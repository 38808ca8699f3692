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

variable "network_cidr" {
  type        = string
  description = "Addresses of nodes and gateways, a /16."
  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && endswith(var.network_cidr, "/16")
    error_message = "network_cidr is a /16."
  }
}

variable "pod_cidr" {
  type        = string
  description = "Addresses of pods, a /16."
  validation {
    condition     = can(cidrhost(var.pod_cidr, 0)) && endswith(var.pod_cidr, "/16")
    error_message = "pod_cidr is a /16."
  }
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region, let in to the silos' port. Empty for cells."
  default     = []
}

variable "vpn_gateway" {
  type        = bool
  description = "Make the subnet that Azure's VPN gateway wants."
  default     = false
}
