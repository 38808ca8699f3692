output "network_id" {
  description = "The virtual network."
  value       = azurerm_virtual_network.this.id
}

output "node_subnet_id" {
  description = "Subnet of the nodes."
  value       = azurerm_subnet.nodes.id
}

output "pod_subnet_id" {
  description = "Subnet of the pods."
  value       = azurerm_subnet.pods.id
}

output "gateway_subnet_id" {
  description = "Subnet of the WireGuard gateway."
  value       = azurerm_subnet.gateway.id
}

output "vpn_subnet_id" {
  description = "Subnet of the VPN gateway; null where there is none."
  value       = one(azurerm_subnet.vpn[*].id)
}

output "route_table_name" {
  description = "Where the routes to the other cloud go."
  value       = azurerm_route_table.this.name
}

output "nat_ip" {
  description = "Address that this region is seen from."
  value       = azurerm_public_ip.nat.ip_address
}
