mock_provider "aws" {}

variables {
  name        = "outback-uptime-prod-syd"
  tags        = { team = "outback-uptime", environment = "prod" }
  kms_key_arn = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
}

run "immutable_scanned_encrypted" {
  command = plan
  assert {
    condition     = alltrue([for r in aws_ecr_repository.this : r.image_tag_mutability == "IMMUTABLE" && r.image_scanning_configuration[0].scan_on_push && r.encryption_configuration[0].kms_key == var.kms_key_arn && r.tags.team == "outback-uptime"])
    error_message = "A tag that moves can't be trusted; an image that isn't scanned isn't either."
  }
  assert {
    condition     = toset(keys(aws_ecr_repository.this)) == toset(["outback-uptime/silo", "outback-uptime/edge-gateway"])
    error_message = "The bases name these two images."
  }
}

run "images_go_by_themselves" {
  command = plan
  assert {
    condition     = alltrue([for p in aws_ecr_lifecycle_policy.this : length(jsondecode(p.policy).rules) == 2])
    error_message = "Without a lifecycle the registry only grows."
  }
}
