variable "environment" {
  type        = string
  description = "dev or prod; each in an account (subscription) of its own."
  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment is dev or prod."
  }
}

variable "subscription_id" {
  type        = string
  description = "Azure subscription."
  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id is a GUID."
  }
}

variable "tenant_id" {
  type        = string
  description = "Azure AD tenant."
}

variable "kubernetes_version" {
  type        = string
  description = "Minor version, e.g. 1.34. Null takes AKS' current default when the cluster is made."
  default     = null
}

variable "private_cluster" {
  type        = bool
  description = "The Kubernetes API has a private address only."
  default     = false
}

variable "operator_ips" {
  type        = list(string)
  description = "Public addresses of those who operate: the Kubernetes API, and the data planes that Terraform itself needs, let them in."
  validation {
    condition     = !contains(var.operator_ips, "0.0.0.0/0")
    error_message = "Not the whole internet."
  }
}

variable "admin_group_object_ids" {
  type        = list(string)
  description = "Azure AD groups that administer the cluster."
  default     = []
}

variable "spot_max" {
  type        = number
  description = "Most spot nodes."
  default     = 4
}

variable "spot_max_price" {
  type        = number
  description = "US dollars an hour for a spot node."
  default     = 0.05
}

variable "github_repository" {
  type        = string
  description = "owner/name of the repository whose pipeline may push images."
}

variable "peer_gateway_address" {
  type        = string
  description = "Public address of Sydney's WireGuard gateway (output `gateway_address` of ../aws); empty until it exists."
  default     = ""
}

variable "peer_gateway_key" {
  type        = string
  description = "WireGuard public key of Sydney's gateway, from its serial console; empty until it exists."
  default     = ""
}

variable "peer_vpn_addresses" {
  type        = list(string)
  description = "Both ends of AWS' VPN connection (output `vpn_tunnel_addresses` of ../aws); empty until it exists."
  default     = []
}

variable "gateway_ssh_key" {
  type        = string
  description = "Public key that Azure insists on for the gateway; no port is open for it."
  default     = ""
}

variable "monthly_limit" {
  type        = number
  description = "The month's money in this region, in the currency of the subscription (AUD for an Australian one)."
  default     = 600
}

variable "budget_start_month" {
  type        = string
  description = "First month of the budget, e.g. 2026-12."
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

