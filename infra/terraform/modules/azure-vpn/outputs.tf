output "address" {
  description = "Public address of the gateway: AWS' customer gateway."
  value       = azurerm_public_ip.this.ip_address
}
