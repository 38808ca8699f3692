mock_provider "azurerm" {
  mock_resource "azurerm_resource_group" {
    defaults = { id = "/subscriptions/s/resourceGroups/g" }
  }
  mock_resource "azurerm_user_assigned_identity" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", principal_id = "00000000-0000-0000-0000-000000000001" }
  }
  mock_resource "azurerm_storage_account" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a" }
  }
}

variables {
  environment        = "prod"
  subscription_id    = "00000000-0000-0000-0000-000000000000"
  allowed_ips        = ["203.0.113.4"]
  allowed_subnet_ids = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"]
  issuers            = { syd = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK" }
  silo_principal_ids = { mel = "00000000-0000-0000-0000-000000000005" }
  budget_start_month = "2026-12"
  budget_emails      = ["ops@example.net"]
}

run "a_third_place" {
  command = apply
  assert {
    condition     = azurerm_resource_group.this.location == "australiacentral" && output.account_name == "outbackuptimeprodwit"
    error_message = "Canberra, under the name that the overlays have."
  }
  assert {
    condition     = azurerm_resource_group.this.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}

run "a_region_of_ours_is_refused" {
  command = plan
  variables {
    location = "australiasoutheast"
  }
  expect_failures = [var.location]
}
