mock_provider "azurerm" {
  mock_resource "azurerm_traffic_manager_profile" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/trafficManagerProfiles/p" }
  }
}
mock_provider "ns1" {}

variables {
  environment     = "prod"
  subscription_id = "00000000-0000-0000-0000-000000000000"
  load_balancers = {
    syd = "k8s-outback-silouplink-0123456789.elb.ap-southeast-2.amazonaws.com"
    mel = "outback-uptime-prod-mel.australiasoutheast.cloudapp.azure.com"
  }
}

run "names_are_the_overlays" {
  command = apply
  assert {
    condition     = output.ingest_domain == "ingest.example.net" && output.profile_name == "outback-uptime-prod" && output.resource_group_name == "outback-uptime-prod-dns"
    error_message = "Scripts and overlays know these names."
  }
  assert {
    condition     = azurerm_resource_group.this.tags.team == "outback-uptime" && azurerm_resource_group.this.location == "australiacentral"
    error_message = "Tagged, and manageable with a region gone."
  }
}

run "a_drill_looks_and_changes_nothing" {
  command = apply
  variables {
    environment        = "dev"
    drill_principal_id = "00000000-0000-0000-0000-000000000001"
  }
  assert {
    condition     = azurerm_role_assignment.drill[0].role_definition_name == "Reader" && strcontains(azurerm_role_assignment.drill[0].scope, "trafficManagerProfiles")
    error_message = "Reader, of the profile."
  }
}

run "without_ns1" {
  command = apply
  variables {
    environment = "dev"
    ns1         = false
  }
  assert {
    condition     = output.ingest_domain == null
    error_message = "No NS1, no name there."
  }
}

run "an_address_is_refused" {
  command = plan
  variables {
    load_balancers = { syd = "203.0.113.1", mel = "outback-uptime-prod-mel.australiasoutheast.cloudapp.azure.com" }
  }
  expect_failures = [var.load_balancers]
}
