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

variable "aws_region" {
  type        = string
  description = "AWS region."
  default     = "ap-southeast-2"
}

variable "zones" {
  type        = list(string)
  description = "Three availability zones."
  validation {
    condition     = length(var.zones) == 3 && length(distinct(var.zones)) == 3
    error_message = "zones: three different ones; two of three keep a quorum."
  }
}

variable "network_cidr" {
  type        = string
  description = "Addresses of nodes and load balancers, a /16."
  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && endswith(var.network_cidr, "/16")
    error_message = "network_cidr is a /16."
  }
}

variable "pod_cidr" {
  type        = string
  description = "Addresses of pods, a /16 within 100.64.0.0/10 (which AWS allows as a second range beside 10.0.0.0/8)."
  validation {
    condition     = can(regex("^100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.", var.pod_cidr)) && endswith(var.pod_cidr, "/16")
    error_message = "pod_cidr is a /16 within 100.64.0.0/10."
  }
}

variable "nat_gateways" {
  type        = string
  description = "per-zone: each zone has its own (a zone's loss takes nothing else down); single: a third of the price, and outgoing traffic of all zones dies with one; none."
  default     = "single"
  validation {
    condition     = contains(["per-zone", "single", "none"], var.nat_gateways)
    error_message = "nat_gateways is per-zone, single or none."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "Key of the flow log."
}
