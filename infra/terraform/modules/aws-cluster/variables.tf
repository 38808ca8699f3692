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

variable "kubernetes_version" {
  type        = string
  description = "Minor version, e.g. 1.34. Null takes EKS' current default when the cluster is made; pin it afterwards."
  default     = null
  validation {
    condition     = var.kubernetes_version == null || can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version looks like 1.34."
  }
}

variable "node_subnet_ids" {
  type        = map(string)
  description = "Subnets of the nodes, by zone."
}

variable "pod_subnet_ids" {
  type        = map(string)
  description = "Subnets of the pods, by zone."
}

variable "service_cidr" {
  type        = string
  description = "Addresses of services, reachable in the cluster only."
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region: reached without SNAT, let in to peer_ports. Empty where there is no tunnel."
  default     = []
}

variable "peer_ports" {
  type        = list(number)
  description = "What the other region's pods reach: 11111 silos (stretched only), 4143 and 4191 the mesh's gateway, behind which the store is."
  default     = [11111, 4143, 4191]
}

variable "public_access_cidrs" {
  type        = list(string)
  description = "Who may reach the Kubernetes API from the internet. Empty: nobody, the private endpoint only."
  default     = []
  validation {
    condition     = !contains(var.public_access_cidrs, "0.0.0.0/0")
    error_message = "The API is not for the whole internet."
  }
}

variable "admin_role_arns" {
  type        = list(string)
  description = "IAM roles that administer the cluster."
  default     = []
}

variable "kms_key_arn" {
  type        = string
  description = "Key of secrets and of the control plane's log."
}

variable "log_retention_days" {
  type        = number
  description = "How long the control plane's log is kept."
  default     = 30
}

variable "steady_instance_types" {
  type        = list(string)
  description = "Types of the on-demand nodes; Graviton."
  default     = ["t4g.large"]
  validation {
    condition     = alltrue([for t in var.steady_instance_types : can(regex("^[a-z]+[0-9]+g[a-z]*\\.", t))])
    error_message = "steady_instance_types are Graviton types (t4g, m7g, ...): the nodes' image is arm64."
  }
}

variable "steady_nodes" {
  type        = number
  description = "How many on-demand nodes. Two survive a node's loss."
  default     = 2
  validation {
    condition     = var.steady_nodes >= 1 && var.steady_nodes <= 6
    error_message = "steady_nodes is 1 to 6; more is Karpenter's to make."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "A destroy is refused until this is turned off."
  default     = true
}
