output "names" {
  description = "Names of the budgets."
  value       = [for budget in azurerm_consumption_budget_resource_group.this : budget.name]
}
