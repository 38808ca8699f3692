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

variable "tunnel_address" {
  type        = string
  description = "This end in the tunnel."
}

variable "here_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of this region."
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region."
}

variable "peer_address" {
  type        = string
  description = "Public address of the other gateway; empty until it exists."
  default     = ""
  validation {
    condition     = var.peer_address == "" || can(cidrhost("${var.peer_address}/32", 0))
    error_message = "peer_address is an IPv4 address or empty."
  }
}

variable "peer_key" {
  type        = string
  description = "Public key of the other gateway, from its serial console; empty until it exists. Not a secret."
  default     = ""
  validation {
    condition     = var.peer_key == "" || can(regex("^[A-Za-z0-9+/]{43}=$", var.peer_key))
    error_message = "peer_key is a WireGuard public key (44 characters) or empty."
  }
}
variable "subnet_id" {
  type        = string
  description = "Subnet of the gateway."
}

variable "private_address" {
  type        = string
  description = "Its address in that subnet: routes point at it."
}

variable "route_table_name" {
  type        = string
  description = "Route table of nodes and pods."
}

variable "admin_ssh_key" {
  type        = string
  description = "Public key that Azure insists on."
  validation {
    condition     = can(regex("^(ssh-ed25519|ssh-rsa) ", var.admin_ssh_key))
    error_message = "admin_ssh_key is an OpenSSH public key."
  }
}

variable "vm_size" {
  type        = string
  description = "One of the smallest."
  default     = "Standard_B2ats_v2"
  validation {
    condition     = contains(["Standard_B2ats_v2", "Standard_B2ts_v2", "Standard_B1s", "Standard_B2als_v2"], var.vm_size)
    error_message = "vm_size is Standard_B2ats_v2, Standard_B2ts_v2, Standard_B1s or Standard_B2als_v2."
  }
}
