mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"] }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }
  mock_resource "aws_eks_cluster" {
    defaults = {
      arn        = "arn:aws:eks:ap-southeast-2:111122223333:cluster/mock"
      identity   = [{ oidc = [{ issuer = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK" }] }]
      vpc_config = { cluster_security_group_id = "sg-0123456789abcdef0" }
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:ap-southeast-2:111122223333:key/mock" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:ap-southeast-2:111122223333:mock", url = "https://sqs.ap-southeast-2.amazonaws.com/111122223333/mock" }
  }
  mock_resource "aws_ecr_repository" {
    defaults = { arn = "arn:aws:ecr:ap-southeast-2:111122223333:repository/mock" }
  }
}

variables {
  environment       = "prod"
  account_id        = "111122223333"
  github_repository = "outback-uptime/outback-uptime"
  budget_emails     = ["ops@example.net"]
}

run "values_for_flux" {
  command = apply
  assert {
    condition     = output.cluster_values.cluster_name == "outback-uptime-prod-syd" && output.cluster_values.silo_identity == "arn:aws:iam::111122223333:role/outback-uptime-prod-syd-silo"
    error_message = "Names are the layout's."
  }
  assert {
    condition     = length(output.cluster_values) == 27
    error_message = "The overlay has 27 values."
  }
  assert {
    condition     = length(module.wireguard) == 1 && length(module.vpn) == 0
    error_message = "The cheap tunnel is the default."
  }
}

run "only_the_restore_test_enters_prod" {
  command = apply
  assert {
    condition     = keys(output.job_role_arns) == ["restore"]
    error_message = "Nothing is broken on purpose in prod."
  }
}

run "witness_known" {
  command = plan
  variables {
    witness_environment = { AZURE_CLIENT_ID = "11111111-2222-3333-4444-555555555555", AZURE_TENANT_ID = "66666666-7777-8888-9999-000000000000" }
  }
  assert {
    condition     = output.cluster_values.witness_identity == "11111111-2222-3333-4444-555555555555" && output.cluster_values.witness_tenant == "66666666-7777-8888-9999-000000000000"
    error_message = "Silos take the witness' identity from cluster_values."
  }
}

run "an_account_that_is_none" {
  command = plan
  variables {
    account_id = "prod"
  }
  expect_failures = [var.account_id]
}

run "without_a_tunnel" {
  command = apply
  variables {
    environment = "dev"
    cross_cloud = "none"
  }
  assert {
    condition     = length(module.wireguard) == 0 && output.cluster_values.network_cidr == "10.48.0.0/16"
    error_message = "No tunnel where none is asked for."
  }
  assert {
    condition     = keys(output.job_role_arns) == ["drill"]
    error_message = "Drills are dev's."
  }
}
