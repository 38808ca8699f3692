output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Subnets of the nodes, by zone."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "public_subnet_ids" {
  description = "Subnets of load balancers, NAT and the WireGuard gateway, by zone."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "pod_subnet_ids" {
  description = "Subnets of the pods, by zone."
  value       = { for zone, subnet in aws_subnet.pods : zone => subnet.id }
}

output "private_route_table_ids" {
  description = "Where the routes to the other cloud go, by zone."
  value       = { for zone, table in aws_route_table.private : zone => table.id }
}

output "nat_ips" {
  description = "Addresses that this region is seen from: the witness lets them in."
  value       = [for ip in aws_eip.nat : ip.public_ip]
}
