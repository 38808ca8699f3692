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

variable "kubernetes_version" {
  type        = string
  description = "Minor version, e.g. 1.34. Null takes AKS' current default when the cluster is made."
  default     = null
  validation {
    condition     = var.kubernetes_version == null || can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version looks like 1.34."
  }
}

variable "sku_tier" {
  type        = string
  description = "Free: no promise for the API server. Standard: one, for 10 US cents an hour."
  default     = "Standard"
  validation {
    condition     = contains(["Free", "Standard"], var.sku_tier)
    error_message = "sku_tier is Free or Standard."
  }
}

variable "network_id" {
  type        = string
  description = "The virtual network."
}

variable "node_subnet_id" {
  type        = string
  description = "Subnet of the nodes."
}

variable "pod_subnet_id" {
  type        = string
  description = "Subnet of the pods."
}

variable "service_cidr" {
  type        = string
  description = "Addresses of services, reachable in the cluster only."
}

variable "private_cluster" {
  type        = bool
  description = "The Kubernetes API has a private address only."
  default     = false
}

variable "authorized_ip_ranges" {
  type        = list(string)
  description = "Who may reach the Kubernetes API from the internet, where it isn't private."
  default     = []
  validation {
    condition     = !contains(var.authorized_ip_ranges, "0.0.0.0/0")
    error_message = "The API is not for the whole internet."
  }
}

variable "admin_group_object_ids" {
  type        = list(string)
  description = "Azure AD groups that administer the cluster."
  default     = []
}

variable "system_vm_size" {
  type        = string
  description = "Size of the steady nodes: arm64, 2 cores and 8 GiB."
  default     = "Standard_D2ps_v6"
}

variable "system_nodes" {
  type        = number
  description = "How many steady nodes."
  default     = 2
  validation {
    condition     = var.system_nodes >= 1 && var.system_nodes <= 4
    error_message = "system_nodes is 1 to 4."
  }
}

variable "spot_vm_size" {
  type        = string
  description = "Size of the spot nodes."
  default     = "Standard_D2ps_v6"
}

variable "spot_min" {
  type        = number
  description = "Fewest spot nodes."
  default     = 1
}

variable "spot_max" {
  type        = number
  description = "Most spot nodes: the ceiling of a runaway."
  default     = 4
  validation {
    condition     = var.spot_max >= 1 && var.spot_max <= 10
    error_message = "spot_max is 1 to 10."
  }
}

variable "spot_max_price" {
  type        = number
  description = "US dollars an hour for a spot node. Above it the node is evicted; docs/cost.md counts with it."
  default     = 0.05
  validation {
    condition     = var.spot_max_price > 0 && var.spot_max_price <= 0.2
    error_message = "spot_max_price is above 0 and at most 0.2 (-1, whatever it costs, is not a limit)."
  }
}
