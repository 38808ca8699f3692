# Told at half of the month's money, at four fifths, and when the forecast says that it won't last.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_limit_usd)
  limit_unit   = "USD" # AWS bills in dollars; docs/cost.md has the same in AUD
  time_unit    = "MONTHLY"
  tags         = var.tags

  # Ours only, where the account has other things too. The tag must be activated once for cost allocation (README).
  cost_filter {
    name   = "TagKeyValue"
    values = ["user:environment$${var.tags.environment}"]
  }

  dynamic "notification" {
    for_each = [{ type = "ACTUAL", at = 50 }, { type = "ACTUAL", at = 80 }, { type = "ACTUAL", at = 100 }, { type = "FORECASTED", at = 100 }]
    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      threshold                  = notification.value.at
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.emails
    }
  }
}
