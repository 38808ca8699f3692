mock_provider "azurerm" {
  mock_resource "azurerm_local_network_gateway" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/localNetworkGateways/l" }
  }
  mock_resource "azurerm_virtual_network_gateway" {
    defaults = { id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/v" }
  }
}

variables {
  name                = "outback-uptime-prod-mel"
  tags                = { team = "outback-uptime", environment = "prod" }
  location            = "australiasoutheast"
  resource_group_name = "outback-uptime-prod-mel"
  subnet_id           = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/GatewaySubnet"
  peer_addresses      = ["203.0.113.11", "203.0.113.12"]
  peer_cidrs          = ["10.16.0.0/16", "100.64.0.0/16"]
}

run "two_tunnels" {
  command = apply
  assert {
    condition     = length(azurerm_virtual_network_gateway_connection.peer) == 2 && alltrue([for c in azurerm_virtual_network_gateway_connection.peer : c.connection_protocol == "IKEv2" && c.ipsec_policy[0].ipsec_encryption == "GCMAES256"])
    error_message = "Both of AWS' ends, IKEv2, AES-GCM."
  }
  assert {
    condition     = azurerm_virtual_network_gateway.this.tags.team == "outback-uptime"
    error_message = "Everything names its team."
  }
}
