mock_provider "aws" {
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:ap-southeast-2:111122223333:mock", url = "https://sqs.ap-southeast-2.amazonaws.com/111122223333/mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
}

variables {
  name              = "outback-uptime-prod-syd"
  tags              = { team = "outback-uptime", environment = "prod" }
  account_id        = "111122223333"
  cluster_name      = "outback-uptime-prod-syd"
  node_role_arn     = "arn:aws:iam::111122223333:role/outback-uptime-prod-syd-node"
  node_role_name    = "outback-uptime-prod-syd-node"
  security_group_id = "sg-0123456789abcdef0"
}

run "spot_is_bounded_and_mixed" {
  command = apply
  assert {
    condition     = local.spot_pool.spec.limits.cpu == "16" && local.spot_pool.spec.limits.memory == "64Gi"
    error_message = "A pool without a limit is a bill without one."
  }
  assert {
    condition     = contains(one([for r in local.spot_pool.spec.template.spec.requirements : r.values if r.key == "karpenter.sh/capacity-type"]), "spot")
    error_message = "The spot pool asks for spot."
  }
  assert {
    condition     = length(one([for r in local.spot_pool.spec.template.spec.requirements : r.values if r.key == "karpenter.k8s.aws/instance-category"])) >= 3
    error_message = "At least three kinds of instance, or an interruption takes all nodes at once."
  }
  assert {
    condition     = !contains(one([for r in local.store_pool.spec.template.spec.requirements : r.values if r.key == "karpenter.sh/capacity-type"]), "spot")
    error_message = "The stores are not on spot."
  }
}

run "disks_are_encrypted_and_credentials_kept" {
  command = apply
  assert {
    condition     = alltrue([for d in local.node_class.spec.blockDeviceMappings : d.ebs.encrypted]) && local.node_class.spec.metadataOptions.httpTokens == "required"
    error_message = "Disks encrypted, IMDSv2 only."
  }
  assert {
    condition     = length(split("---", output.manifests)) == 3 && alltrue([for m in split("---\n", output.manifests) : can(yamldecode(m).kind)])
    error_message = "The manifests are three YAML documents."
  }
}

run "the_queue_hears_of_interruptions" {
  command = apply
  assert {
    condition     = contains([for rule in aws_cloudwatch_event_rule.this : jsondecode(rule.event_pattern)["detail-type"][0]], "EC2 Spot Instance Interruption Warning")
    error_message = "Nobody would tell Karpenter that a node goes."
  }
  assert {
    condition     = aws_sqs_queue.interruption.sqs_managed_sse_enabled && length([for s in jsondecode(aws_sqs_queue_policy.interruption.policy).Statement : s if s.Effect == "Deny"]) == 1
    error_message = "The queue is encrypted and takes TLS only."
  }
}

run "may_end_its_own_nodes_only" {
  command = apply
  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.controller.policy).Statement : can(s.Condition) if contains(flatten([s.Action]), "ec2:TerminateInstances")])
    error_message = "Ending an instance needs the cluster's tag on it."
  }
  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.controller.policy).Statement : alltrue([for a in flatten([s.Action]) : !endswith(a, "*")])])
    error_message = "No wildcard actions."
  }
  assert {
    condition     = alltrue([for t in concat([aws_sqs_queue.interruption.tags, aws_iam_role.controller.tags, local.node_class.spec.tags], [for r in aws_cloudwatch_event_rule.this : r.tags]) : t.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
}

run "no_limit_is_refused" {
  command = plan
  variables {
    spot_cpu_limit = 1000
  }
  expect_failures = [var.spot_cpu_limit]
}
