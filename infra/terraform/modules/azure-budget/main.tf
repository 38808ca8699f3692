# Told at half of the month's money, at four fifths, and when the forecast says that it won't last.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_consumption_budget_resource_group" "this" {
  for_each          = var.resource_groups
  name              = "${var.name}-${each.key}"
  resource_group_id = each.value.id
  amount            = each.value.monthly_limit # in the currency that the subscription is billed in
  time_grain        = "Monthly"

  time_period {
    start_date = "${var.start_month}-01T00:00:00Z"
  }

  dynamic "notification" {
    for_each = [{ type = "Actual", at = 50 }, { type = "Actual", at = 80 }, { type = "Actual", at = 100 }, { type = "Forecasted", at = 100 }]
    content {
      operator       = "GreaterThan"
      threshold      = notification.value.at
      threshold_type = notification.value.type
      contact_emails = var.emails
    }
  }

  lifecycle {
    ignore_changes = [time_period] # Azure refuses to move the start
  }
}
