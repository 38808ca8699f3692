# Jobs of the pipeline that enter the cluster (drill: nightly-chaos, restore: restore-test). In AWS they may look the cluster up,
# as `aws eks update-kubeconfig` does; what they may do inside stands with their group in k8s/platform (chaos/drills, velero/restore-test: pipeline.yaml).
resource "aws_iam_role" "job" {
  for_each             = var.jobs
  name                 = "${var.name}-${each.key}"
  max_session_duration = 14400 # a restore takes hours
  tags                 = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.github_provider }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:${var.github_repository}:environment:${each.value}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "job" {
  for_each = var.jobs
  name     = "find-the-cluster"
  role     = aws_iam_role.job[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "eks:DescribeCluster", Resource = var.cluster_arn }]
  })
}

resource "aws_eks_access_entry" "job" {
  for_each          = var.jobs
  cluster_name      = var.cluster_name
  principal_arn     = aws_iam_role.job[each.key].arn
  kubernetes_groups = ["outback:${each.key}"]
  type              = "STANDARD"
  tags              = var.tags
}

output "job_role_arns" {
  description = "By job: drill, restore."
  value       = { for job, role in aws_iam_role.job : job => role.arn }
}

variable "jobs" {
  type        = map(string)
  description = "Jobs that enter the cluster (drill, restore), and the GitHub environment that each must run in."
  default     = {}
  validation {
    condition     = alltrue([for job, environment in var.jobs : contains(["drill", "restore"], job) && can(regex("^[a-z0-9-]+$", environment))])
    error_message = "jobs: drill or restore, each with the name of an environment, without wildcards."
  }
}

variable "cluster_name" {
  type        = string
  description = "The cluster that the jobs enter."
}

variable "cluster_arn" {
  type        = string
  description = "The same, as an ARN."
}
