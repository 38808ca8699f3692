# DNS of Azure's for the ingests of both clouds: what clients use that have no NS1, and what hack/failover.sh shifts.
# A profile is global; its resource group is in Canberra, so that neither region's loss makes it unmanageable.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_traffic_manager_profile" "this" {
  name                   = var.name
  resource_group_name    = var.resource_group_name
  traffic_routing_method = "Weighted"
  tags                   = var.tags

  dns_config {
    relative_name = var.name
    ttl           = var.ttl
  }

  monitor_config {
    protocol                     = "TCP" # the uplink asks for a client certificate, which no monitor has
    port                         = var.port
    interval_in_seconds          = 10
    timeout_in_seconds           = 5
    tolerated_number_of_failures = 1
  }
}

resource "azurerm_traffic_manager_external_endpoint" "this" {
  for_each          = var.endpoints
  name              = each.key
  profile_id        = azurerm_traffic_manager_profile.this.id
  target            = each.value.target
  weight            = each.value.weight
  endpoint_location = each.value.location

  # hack/failover.sh moves the weights step by step; an apply in the middle must not move them back.
  lifecycle {
    ignore_changes = [weight]
  }
}
