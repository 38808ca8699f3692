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

variable "repositories" {
  type        = list(string)
  description = "Names of our images."
  default     = ["outback-uptime/silo", "outback-uptime/edge-gateway"]
}

variable "kms_key_arn" {
  type        = string
  description = "Key of the images."
}

variable "keep_images" {
  type        = number
  description = "Images kept of each repository, signatures and attestations included (three objects a release)."
  default     = 90
  validation {
    condition     = var.keep_images >= 10 && var.keep_images <= 1000
    error_message = "keep_images is 10 to 1000."
  }
}
