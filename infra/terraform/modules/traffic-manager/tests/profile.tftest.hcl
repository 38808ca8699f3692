mock_provider "azurerm" {
  mock_resource "azurerm_traffic_manager_profile" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/trafficManagerProfiles/p" }
  }
}

variables {
  name                = "outback-uptime-prod"
  tags                = { team = "outback-uptime", environment = "prod" }
  resource_group_name = "outback-uptime-prod-dns"
  endpoints = {
    syd = { target = "ingest.syd.example.net", weight = 100, location = "australiaeast" }
    mel = { target = "ingest.mel.example.net", weight = 100, location = "australiasoutheast" }
  }
}

run "gone_within_30_s" {
  command = apply
  assert {
    condition     = (azurerm_traffic_manager_profile.this.monitor_config[0].tolerated_number_of_failures + 1) * azurerm_traffic_manager_profile.this.monitor_config[0].interval_in_seconds + azurerm_traffic_manager_profile.this.dns_config[0].ttl <= 30
    error_message = "Two checks and the TTL take longer than 30 s."
  }
  assert {
    condition     = length(azurerm_traffic_manager_external_endpoint.this) == 2 && azurerm_traffic_manager_profile.this.tags.team == "outback-uptime"
    error_message = "Both regions, tagged."
  }
}

run "one_region_is_refused" {
  command = plan
  variables {
    endpoints = { syd = { target = "ingest.syd.example.net", weight = 100, location = "australiaeast" } }
  }
  expect_failures = [var.endpoints]
}

run "a_long_ttl_is_refused" {
  command = plan
  variables {
    ttl = 300
  }
  expect_failures = [var.ttl]
}
