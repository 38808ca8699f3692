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

variable "aws_region" {
  type        = string
  description = "AWS region."
  default     = "ap-southeast-2"
}

variable "vpc_id" {
  type        = string
  description = "The VPC."
}

variable "subnet_id" {
  type        = string
  description = "A public subnet."
}

variable "route_table_ids" {
  type        = map(string)
  description = "Private route tables, by zone."
}

variable "instance_type" {
  type        = string
  description = "Graviton; the smallest ones carry some hundred Mbit/s."
  default     = "t4g.micro"
  validation {
    condition     = contains(["t4g.nano", "t4g.micro", "t4g.small"], var.instance_type)
    error_message = "instance_type is t4g.nano, t4g.micro or t4g.small."
  }
}
