output "tunnel_addresses" {
  description = "Both ends on AWS' side, for Azure's local network gateways."
  value       = [aws_vpn_connection.this.tunnel1_address, aws_vpn_connection.this.tunnel2_address]
}
