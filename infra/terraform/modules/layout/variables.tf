variable "environment" {
  type        = string
  description = "Environment: a key of `environments` in layout.json."
  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "environment is dev or prod."
  }
}

variable "region" {
  type        = string
  description = "Our own name of the region: syd (AWS) or mel (Azure)."
  validation {
    condition     = contains(["syd", "mel"], var.region)
    error_message = "region is syd or mel."
  }
}

variable "aws_account_id" {
  type        = string
  description = "AWS account, for the registry's host and role ARNs. Null takes the example account of layout.json."
  default     = null
  validation {
    condition     = var.aws_account_id == null || can(regex("^[0-9]{12}$", var.aws_account_id))
    error_message = "aws_account_id has 12 digits."
  }
}

variable "identities" {
  type        = map(string)
  description = "Known after an apply only. Azure: client ids of the workloads' managed identities (silo, clickhouse, velero, vault). AWS: witness_identity and witness_tenant."
  default     = {}
}

variable "layout" {
  type        = any
  description = "For tests: a layout in place of layout.json."
  default     = null
}
