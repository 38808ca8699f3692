mock_provider "aws" {}

variables {
  name              = "outback-uptime-prod-syd"
  tags              = { team = "outback-uptime", environment = "prod" }
  monthly_limit_usd = 300
  emails            = ["ops@outback-uptime.example"]
}

run "told_before_it_is_gone" {
  command = plan
  assert {
    condition     = aws_budgets_budget.this.limit_amount == "300" && aws_budgets_budget.this.time_unit == "MONTHLY" && aws_budgets_budget.this.tags.team == "outback-uptime"
    error_message = "A monthly limit, tagged."
  }
  assert {
    condition     = length([for n in aws_budgets_budget.this.notification : n if n.notification_type == "FORECASTED"]) == 1 && min([for n in aws_budgets_budget.this.notification : n.threshold]...) <= 50
    error_message = "Somebody hears of it at half, and by forecast."
  }
}

run "too_much_is_refused" {
  command = plan
  variables {
    monthly_limit_usd = 5000
  }
  expect_failures = [var.monthly_limit_usd]
}

run "telling_nobody_is_refused" {
  command = plan
  variables {
    emails = []
  }
  expect_failures = [var.emails]
}
