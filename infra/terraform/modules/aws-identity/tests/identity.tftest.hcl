mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  name                 = "outback-uptime-prod-syd"
  tags                 = { team = "outback-uptime", environment = "prod" }
  cluster_issuer       = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK"
  cluster_provider_arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK"
  cluster_name         = "outback-uptime-prod-syd"
  cluster_arn          = "arn:aws:eks:ap-southeast-2:111122223333:cluster/outback-uptime-prod-syd"
  github_repository    = "outback-uptime/outback-uptime"
  github_environment   = "prod"
  repository_arns      = { silo = "arn:aws:ecr:ap-southeast-2:111122223333:repository/outback-uptime/silo" }
  bucket_arns          = { backups = "arn:aws:s3:::outback-uptime-prod-syd-backups", cold = "arn:aws:s3:::outback-uptime-prod-syd-cold" }
  kms_key_arn          = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
}

run "only_our_repository_and_environment" {
  command = apply
  assert {
    condition     = jsondecode(aws_iam_role.pipeline.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:outback-uptime/outback-uptime:environment:prod"
    error_message = "A wildcard here would let a pull request push images."
  }
  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.pipeline.policy).Statement : s.Action == "ecr:GetAuthorizationToken" || toset(flatten([s.Resource])) == toset(values(var.repository_arns))])
    error_message = "The pipeline pushes our images and does nothing else."
  }
}

run "least_privilege" {
  command = apply
  assert {
    condition     = alltrue(flatten([for p in aws_iam_role_policy.workload : [for s in jsondecode(p.policy).Statement : [for a in flatten([s.Action]) : !strcontains(a, "*")]]]))
    error_message = "No wildcard actions."
  }
  assert {
    condition     = alltrue(flatten([for p in aws_iam_role_policy.workload : [for s in jsondecode(p.policy).Statement : s.Resource != "*" || can(s.Condition)]]))
    error_message = "Where a resource can't be named, a condition is."
  }
  assert {
    condition     = !contains(keys(aws_iam_role_policy.workload), "silo")
    error_message = "The silo has no rights in AWS."
  }
  assert {
    condition     = alltrue([for r in aws_iam_role.workload : r.tags.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
}

run "service_accounts_are_the_bases" {
  command = apply
  assert {
    condition = { for k, r in aws_iam_role.workload : k => jsondecode(r.assume_role_policy).Statement[0].Condition.StringEquals["oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK:sub"] } == {
      silo       = ["system:serviceaccount:outback:silo"]
      clickhouse = ["system:serviceaccount:clickhouse:clickhouse", "system:serviceaccount:restore-test:clickhouse"]
      velero     = ["system:serviceaccount:velero:velero"]
      vault      = ["system:serviceaccount:vault:vault"]
    }
    error_message = "Names of namespaces and service accounts are a contract with k8s/."
  }
  assert {
    condition     = { for k, r in aws_iam_role.workload : k => r.name } == { for k in ["silo", "clickhouse", "velero", "vault"] : k => "outback-uptime-prod-syd-${k}" }
    error_message = "The overlays name these roles."
  }
}

run "a_wildcard_repository_is_refused" {
  command = plan
  variables {
    github_repository = "outback-uptime/*"
  }
  expect_failures = [var.github_repository]
}
