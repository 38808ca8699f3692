# terraform plan -var-file=example.tfvars; copy to prod.tfvars (not committed) with your own values.
environment       = "prod"
account_id        = "111122223333"
github_repository = "outback-uptime/outback-uptime"
budget_emails     = ["ops@example.net"]
admin_role_arns   = ["arn:aws:iam::111122223333:role/platform-admin"]
