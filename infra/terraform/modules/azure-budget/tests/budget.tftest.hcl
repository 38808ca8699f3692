mock_provider "azurerm" {}

variables {
  name            = "outback-uptime-prod"
  resource_groups = { mel = { id = "/subscriptions/s/resourceGroups/outback-uptime-prod-mel", monthly_limit = 300 } }
  start_month     = "2026-12"
  emails          = ["ops@outback-uptime.example"]
}

run "told_before_it_is_gone" {
  command = plan
  assert {
    condition     = azurerm_consumption_budget_resource_group.this["mel"].amount == 300 && azurerm_consumption_budget_resource_group.this["mel"].time_period[0].start_date == "2026-12-01T00:00:00Z"
    error_message = "A monthly limit, from the first of a month."
  }
  assert {
    condition     = length([for n in azurerm_consumption_budget_resource_group.this["mel"].notification : n if n.threshold_type == "Forecasted"]) == 1 && min([for n in azurerm_consumption_budget_resource_group.this["mel"].notification : n.threshold]...) <= 50
    error_message = "Somebody hears of it at half, and by forecast."
  }
}

run "too_much_is_refused" {
  command = plan
  variables {
    resource_groups = { mel = { id = "/x", monthly_limit = 9000 } }
  }
  expect_failures = [var.resource_groups]
}
