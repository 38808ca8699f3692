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
  description = "Node and pod addresses of the other region, let in to peer_ports. Empty where there is no tunnel."
  default     = []
}

variable "peer_ports" {
  type        = list(string)
  description = "What the other region's pods reach: 11111 silos (stretched only), 4143 and 4191 the mesh's gateway, behind which the store is."
  default     = ["11111", "4143", "4191"]
}

variable "public_ports" {
  type        = list(string)
  description = "What the internet reaches: 443 and 7443 the uplink, 45671 and 55671 Skupper's links."
  default     = ["443", "7443", "45671", "55671"]
  validation {
    condition     = alltrue([for port in var.public_ports : contains(["443", "7443", "45671", "55671"], port)])
    error_message = "public_ports: only what has mTLS of its own."
  }
}

variable "vpn_gateway" {
  type        = bool
  description = "Make the subnet that Azure's VPN gateway wants."
  default     = false
}
