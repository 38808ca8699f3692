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

variable "vpc_id" {
  type        = string
  description = "The VPC."
}

variable "route_table_ids" {
  type        = map(string)
  description = "Private route tables, by zone."
}

variable "peer_address" {
  type        = string
  description = "Public address of Azure's VPN gateway."
  validation {
    condition     = can(cidrhost("${var.peer_address}/32", 0))
    error_message = "peer_address is an IPv4 address: make Azure's gateway first."
  }
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region."
}
