# The dear alternative to ../aws-wireguard: AWS' managed VPN to Azure's gateway (../azure-vpn). Two tunnels, no machine of ours.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

resource "aws_vpn_gateway" "this" {
  vpc_id = var.vpc_id
  tags   = merge(var.tags, { Name = var.name })
}

resource "aws_customer_gateway" "peer" {
  bgp_asn    = "65000" # not used: static routes
  ip_address = var.peer_address
  type       = "ipsec.1"
  tags       = merge(var.tags, { Name = "${var.name}-peer" })
}

# AWS makes the two pre-shared keys itself and keeps them in Secrets Manager: they are in no state and no plan.
resource "aws_vpn_connection" "this" {
  vpn_gateway_id        = aws_vpn_gateway.this.id
  customer_gateway_id   = aws_customer_gateway.peer.id
  type                  = "ipsec.1"
  static_routes_only    = true
  preshared_key_storage = "SecretsManager"
  tunnel1_ike_versions  = ["ikev2"]
  tunnel2_ike_versions  = ["ikev2"]
  tags                  = merge(var.tags, { Name = var.name })
}

resource "aws_vpn_connection_route" "peer" {
  for_each               = toset(var.peer_cidrs)
  vpn_connection_id      = aws_vpn_connection.this.id
  destination_cidr_block = each.value
}

resource "aws_vpn_gateway_route_propagation" "this" {
  for_each       = var.route_table_ids
  vpn_gateway_id = aws_vpn_gateway.this.id
  route_table_id = each.value
}
