variable "environment" {
  type        = string
  description = "dev or prod; each in an account (subscription) of its own."
  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment is dev or prod."
  }
}

variable "account_id" {
  type        = string
  description = "AWS account."
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits."
  }
}

variable "witness_environment" {
  type        = map(string)
  description = "Output `silo_environment` of ../witness, once that is there; the silos' pods take it from cluster_values."
  default     = {}
  validation {
    condition     = alltrue([for id in values(var.witness_environment) : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "witness_environment holds GUIDs."
  }
}

variable "kubernetes_version" {
  type        = string
  description = "Minor version, e.g. 1.34. Null takes EKS' current default when the cluster is made; pin it afterwards."
  default     = null
}

variable "nat_gateways" {
  type        = string
  description = "per-zone, single or none."
  default     = "single"
  validation {
    condition     = contains(["per-zone", "single", "none"], var.nat_gateways)
    error_message = "nat_gateways is per-zone, single or none."
  }
}

variable "api_access_cidrs" {
  type        = list(string)
  description = "Who may reach the Kubernetes API from the internet. Empty: nobody, the private endpoint only."
  default     = []
}

variable "admin_role_arns" {
  type        = list(string)
  description = "IAM roles that administer the cluster."
  default     = []
}

variable "steady_nodes" {
  type        = number
  description = "On-demand nodes for what must not be on spot."
  default     = 2
}

variable "spot_cpu_limit" {
  type        = number
  description = "Cores that Karpenter may have running in the spot pool."
  default     = 16
}

variable "store_cpu_limit" {
  type        = number
  description = "Cores for the stores, on demand."
  default     = 8
}

variable "github_repository" {
  type        = string
  description = "owner/name of the repository whose pipeline may push images."
}

variable "github_provider_arn" {
  type        = string
  description = "The account's OIDC provider for GitHub where there is one already; null makes it."
  default     = null
}

variable "peer_gateway_address" {
  type        = string
  description = "Public address of Melbourne's gateway (output `gateway_address` of ../azure); empty until it exists."
  default     = ""
}

variable "peer_gateway_key" {
  type        = string
  description = "WireGuard public key of Melbourne's gateway, from its serial console; empty until it exists."
  default     = ""
}

variable "monthly_limit_usd" {
  type        = number
  description = "The month's money in AWS, in US dollars."
  default     = 600
}

variable "budget_emails" {
  type        = list(string)
  description = "Who is told about it."
}

variable "cross_cloud" {
  type        = string
  description = "The tunnel between the clouds: wireguard (a small machine on each side), vpn (managed gateways, dear), none. Stores of both regions are written from both, so none needs them reachable some other way."
  default     = "wireguard"
  validation {
    condition     = contains(["wireguard", "vpn", "none"], var.cross_cloud)
    error_message = "cross_cloud is wireguard, vpn or none."
  }
}

