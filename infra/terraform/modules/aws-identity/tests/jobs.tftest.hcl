mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  name                 = "outback-uptime-dev-syd"
  tags                 = { team = "outback-uptime", environment = "dev" }
  cluster_issuer       = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK"
  cluster_provider_arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK"
  cluster_name         = "outback-uptime-dev-syd"
  cluster_arn          = "arn:aws:eks:ap-southeast-2:111122223333:cluster/outback-uptime-dev-syd"
  github_repository    = "outback-uptime/outback-uptime"
  github_environment   = "dev"
  repository_arns      = { silo = "arn:aws:ecr:ap-southeast-2:111122223333:repository/outback-uptime/silo" }
  bucket_arns          = { backups = "arn:aws:s3:::outback-uptime-dev-syd-backups", cold = "arn:aws:s3:::outback-uptime-dev-syd-cold" }
  kms_key_arn          = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
  jobs                 = { drill = "dev", restore = "prod-restore-test" }
}

run "each_from_its_environment" {
  command = apply
  assert {
    condition = { for k, r in aws_iam_role.job : k => jsondecode(r.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      drill   = "repo:outback-uptime/outback-uptime:environment:dev"
      restore = "repo:outback-uptime/outback-uptime:environment:prod-restore-test"
    }
    error_message = "A job is trusted in its own environment only."
  }
  assert {
    condition     = alltrue([for r in aws_iam_role.job : length(jsondecode(r.assume_role_policy).Statement) == 1 && jsondecode(r.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"])
    error_message = "And by nothing but GitHub's token for AWS."
  }
}

run "least_privilege" {
  command = apply
  assert {
    condition     = alltrue([for p in aws_iam_role_policy.job : jsondecode(p.policy).Statement == [{ Effect = "Allow", Action = "eks:DescribeCluster", Resource = var.cluster_arn }]])
    error_message = "In AWS they find the cluster, and nothing else."
  }
  assert {
    condition     = { for k, e in aws_eks_access_entry.job : k => one(e.kubernetes_groups) } == { drill = "outback:drill", restore = "outback:restore" }
    error_message = "In the cluster they are groups, whose rights stand in k8s/."
  }
  assert {
    condition     = alltrue([for r in aws_iam_role.job : r.tags.team == "outback-uptime"]) && output.job_role_arns.drill == "arn:aws:iam::111122223333:role/mock"
    error_message = "Everything names its team; the pipeline is told the roles."
  }
}

run "none_where_none_is_asked_for" {
  command = apply
  variables {
    jobs = {}
  }
  assert {
    condition     = length(aws_iam_role.job) == 0 && length(aws_eks_access_entry.job) == 0
    error_message = "No role that nobody takes."
  }
}

run "a_wildcard_is_refused" {
  command = plan
  variables {
    jobs = { drill = "*" }
  }
  expect_failures = [var.jobs]
}

run "another_job_is_refused" {
  command = plan
  variables {
    jobs = { admin = "dev" }
  }
  expect_failures = [var.jobs]
}
