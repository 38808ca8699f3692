mock_provider "azurerm" {
  mock_resource "azurerm_network_interface" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  subnet_id           = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/gateway"
  private_address     = "10.32.48.4"
  route_table_name    = "outback-uptime-prod-mel"
  tunnel_address      = "10.255.255.2"
  here_cidrs          = ["10.32.0.0/16", "100.80.0.0/16"]
  peer_cidrs          = ["10.16.0.0/16", "100.64.0.0/16"]
  peer_address        = "203.0.113.7"
  peer_key            = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
  admin_ssh_key       = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFake test"
}

run "routes_and_rules" {
  command = apply
  assert {
    condition     = toset([for r in azurerm_route.peer : r.address_prefix]) == toset(var.peer_cidrs) && alltrue([for r in azurerm_route.peer : r.next_hop_in_ip_address == "10.32.48.4"]) && azurerm_network_interface.this.ip_forwarding_enabled
    error_message = "Nodes and pods of the other region are reached over the gateway."
  }
  assert {
    condition     = length(azurerm_network_security_group.this.security_rule) == 1 && alltrue([for r in azurerm_network_security_group.this.security_rule : r.source_address_prefix == "203.0.113.7/32" && r.destination_port_range == "51820"])
    error_message = "From outside only the peer, only WireGuard; no SSH."
  }
  assert {
    condition     = azurerm_linux_virtual_machine.this.disable_password_authentication && azurerm_linux_virtual_machine.this.tags["wireguard-peer-key"] == var.peer_key && azurerm_linux_virtual_machine.this.tags.team == "outback-uptime"
    error_message = "No password; the peer is a tag; so is the team."
  }
}

run "a_big_machine_is_refused" {
  command = plan
  variables {
    vm_size = "Standard_D2ps_v6"
  }
  expect_failures = [var.vm_size]
}
