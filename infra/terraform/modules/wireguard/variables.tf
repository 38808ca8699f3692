variable "cloud" {
  type        = string
  description = "Whose metadata service has the tags: aws or azure."
  validation {
    condition     = contains(["aws", "azure"], var.cloud)
    error_message = "cloud is aws or azure."
  }
}

variable "tunnel_address" {
  type        = string
  description = "This end's address in the tunnel."
  validation {
    condition     = can(cidrhost("${var.tunnel_address}/30", 1))
    error_message = "tunnel_address is an IPv4 address."
  }
}

variable "peer_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of the other region."
  validation {
    condition     = length(var.peer_cidrs) > 0 && !contains(var.peer_cidrs, "0.0.0.0/0")
    error_message = "peer_cidrs names the other region's ranges, not the world."
  }
}

variable "here_cidrs" {
  type        = list(string)
  description = "Node and pod addresses of this region."
}
