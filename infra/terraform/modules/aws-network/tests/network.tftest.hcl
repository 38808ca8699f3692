mock_provider "aws" {}

variables {
  name         = "outback-uptime-prod-syd"
  tags         = { team = "outback-uptime", environment = "prod" }
  zones        = ["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"]
  network_cidr = "10.16.0.0/16"
  pod_cidr     = "100.64.0.0/16"
  kms_key_arn  = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
}

run "subnets_fill_the_plan" {
  command = plan
  assert {
    condition     = toset([for s in aws_subnet.private : s.cidr_block]) == toset(["10.16.0.0/20", "10.16.16.0/20", "10.16.32.0/20"])
    error_message = "Private subnets moved."
  }
  assert {
    condition     = toset([for s in aws_subnet.public : s.cidr_block]) == toset(["10.16.48.0/24", "10.16.49.0/24", "10.16.50.0/24"])
    error_message = "Public subnets moved, or reach into the private ones."
  }
  assert {
    condition     = toset([for s in aws_subnet.pods : s.cidr_block]) == toset(["100.64.0.0/18", "100.64.64.0/18", "100.64.128.0/18"])
    error_message = "Pod subnets moved."
  }
  assert {
    condition     = alltrue([for s in aws_subnet.public : s.map_public_ip_on_launch == false])
    error_message = "Nothing gets a public address by itself."
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.nat) == 3
    error_message = "single: one NAT gateway that all three zones use."
  }
}

run "a_nat_gateway_for_each_zone" {
  command = plan
  variables {
    nat_gateways = "per-zone"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "per-zone: three."
  }
}

run "no_nat" {
  command = plan
  variables {
    nat_gateways = "none"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.nat) == 0
    error_message = "none: neither gateways nor routes."
  }
}

run "closed_and_tagged" {
  command = plan
  assert {
    condition     = try(length(aws_default_security_group.this.ingress), 0) == 0
    error_message = "The default security group must stay empty."
  }
  assert {
    condition     = alltrue([for t in concat([aws_vpc.this.tags, aws_flow_log.rejected.tags, aws_cloudwatch_log_group.flow.tags, aws_iam_role.flow.tags], [for s in aws_subnet.private : s.tags], [for s in aws_subnet.pods : s.tags], [for n in aws_nat_gateway.this : n.tags]) : t.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.flow.retention_in_days == 14
    error_message = "Flow logs are encrypted and bounded."
  }
}

run "untagged_is_refused" {
  command = plan
  variables {
    tags = { environment = "prod" }
  }
  expect_failures = [var.tags]
}
