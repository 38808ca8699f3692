output "address" {
  description = "Public address of this gateway: the other root's `wireguard_peer_address`."
  value       = azurerm_public_ip.this.ip_address
}

output "vm_name" {
  description = "Its public key: `az vm boot-diagnostics get-boot-log -g <group> -n <this> | grep 'wireguard public key'`."
  value       = azurerm_linux_virtual_machine.this.name
}
