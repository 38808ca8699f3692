mock_provider "aws" {}

variables {
  name       = "outback-uptime-prod-syd"
  tags       = { team = "outback-uptime", environment = "prod" }
  account_id = "111122223333"
}

run "rotates_and_is_ours_alone" {
  command = plan
  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key rotates, and a mistaken deletion can be taken back for 30 days."
  }
  assert {
    condition     = alltrue([for s in jsondecode(aws_kms_key.this.policy).Statement : try(s.Principal.AWS, "") == "arn:aws:iam::111122223333:root" || try(s.Principal.Service, "") == "logs.ap-southeast-2.amazonaws.com"])
    error_message = "Nobody but this account and its logs may use the key."
  }
  assert {
    condition     = aws_kms_key.this.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}
