mock_provider "azurerm" {}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  registry_name       = "outbackuptimeprodmel"
  kubelet_object_id   = "00000000-0000-0000-0000-000000000002"
}

run "nobody_pulls_without_a_name" {
  command = plan
  assert {
    condition     = !azurerm_container_registry.this.admin_enabled && !azurerm_container_registry.this.anonymous_pull_enabled && azurerm_container_registry.this.tags.team == "outback-uptime"
    error_message = "No admin password (it would be in the state), no anonymous pulls."
  }
  assert {
    condition     = azurerm_role_assignment.pull.role_definition_name == "AcrPull" && azurerm_role_assignment.pull.principal_id == var.kubelet_object_id
    error_message = "Nodes pull and do nothing else."
  }
}
