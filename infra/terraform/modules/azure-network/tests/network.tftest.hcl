mock_provider "azurerm" {
  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  network_cidr        = "10.32.0.0/16"
  pod_cidr            = "100.80.0.0/16"
  peer_cidrs          = ["10.16.0.0/16", "100.64.0.0/16"]
}

run "subnets_fill_the_plan" {
  command = plan
  variables {
    vpn_gateway = true
  }
  assert {
    condition     = azurerm_subnet.nodes.address_prefixes[0] == "10.32.0.0/20" && azurerm_subnet.gateway.address_prefixes[0] == "10.32.48.0/24" && azurerm_subnet.vpn[0].address_prefixes[0] == "10.32.49.0/27" && azurerm_subnet.pods.address_prefixes[0] == "100.80.0.0/16"
    error_message = "Subnets moved, or overlap."
  }
  assert {
    condition     = azurerm_virtual_network.this.address_space == toset(["10.32.0.0/16", "100.80.0.0/16"])
    error_message = "The network holds nodes and pods."
  }
  assert {
    condition     = alltrue([for s in [azurerm_subnet.nodes, azurerm_subnet.pods, azurerm_subnet.gateway] : s.default_outbound_access_enabled == false])
    error_message = "Out by the NAT gateway's address, which the witness knows, and by no other."
  }
}

run "the_peer_reaches_silos_and_store" {
  command = apply
  assert {
    condition     = one([for r in azurerm_network_security_group.this.security_rule : toset(r.destination_port_ranges) if r.name == "peer"]) == toset(["11111", "4143", "4191"])
    error_message = "Silos and the store."
  }
  assert {
    condition     = one([for r in azurerm_network_security_group.this.security_rule : r.access if r.name == "nothing-else-of-the-peer"]) == "Deny"
    error_message = "And nothing else."
  }
  assert {
    condition     = one([for r in azurerm_network_security_group.this.security_rule : toset(r.destination_port_ranges) if r.source_address_prefix == "Internet"]) == toset(["443", "7443", "45671", "55671"])
    error_message = "From the internet what has mTLS of its own."
  }
}

run "without_a_tunnel_there_is_no_door" {
  command = plan
  variables {
    peer_cidrs = []
  }
  assert {
    condition     = length(azurerm_network_security_group.this.security_rule) == 1
    error_message = "The internet's rule only."
  }
}

run "tagged" {
  command = plan
  assert {
    condition     = alltrue([for t in [azurerm_virtual_network.this.tags, azurerm_public_ip.nat.tags, azurerm_nat_gateway.this.tags, azurerm_route_table.this.tags, azurerm_network_security_group.this.tags] : t.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
}
