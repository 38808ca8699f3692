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

variable "account_id" {
  type        = string
  description = "AWS account."
}

variable "cluster_name" {
  type        = string
  description = "The EKS cluster."
}

variable "node_role_arn" {
  type        = string
  description = "Role that nodes run as."
}

variable "node_role_name" {
  type        = string
  description = "Its name."
}

variable "security_group_id" {
  type        = string
  description = "The cluster's security group."
}

variable "bottlerocket_version" {
  type        = string
  description = "Image of the nodes, e.g. v1.49.0. `latest` follows, at most as fast as nodes expire."
  default     = "latest"
}

variable "spot_cpu_limit" {
  type        = number
  description = "Cores that Karpenter may have running in the spot pool: the ceiling of a runaway."
  default     = 16
  validation {
    condition     = var.spot_cpu_limit >= 2 && var.spot_cpu_limit <= 64
    error_message = "spot_cpu_limit is 2 to 64 cores."
  }
}

variable "store_cpu_limit" {
  type        = number
  description = "Cores for the stores, on demand."
  default     = 8
  validation {
    condition     = var.store_cpu_limit >= 2 && var.store_cpu_limit <= 32
    error_message = "store_cpu_limit is 2 to 32 cores."
  }
}
