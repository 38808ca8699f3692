# This cloud's end of the tunnel that the stretched topology needs: one of the smallest instances, and routes to it.
# It is one machine, and a region without it is a partition, which the design bears (I6): cells don't need it at all.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

module "start_up" {
  source         = "../wireguard"
  cloud          = "aws"
  tunnel_address = var.tunnel_address
  peer_cidrs     = var.peer_cidrs
  here_cidrs     = var.here_cidrs
}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

resource "aws_security_group" "this" {
  name        = "${var.name}-wireguard"
  description = "WireGuard from the peer, forwarded traffic from inside"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-wireguard" })
}

# Until the peer's address is known nothing comes in from outside.
resource "aws_vpc_security_group_ingress_rule" "peer" {
  count             = var.peer_address == "" ? 0 : 1
  security_group_id = aws_security_group.this.id
  description       = "WireGuard of the other region"
  cidr_ipv4         = "${var.peer_address}/32"
  from_port         = 51820
  to_port           = 51820
  ip_protocol       = "udp"
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  for_each          = toset(var.here_cidrs)
  security_group_id = aws_security_group.this.id
  description       = "To be forwarded"
  cidr_ipv4         = each.value
  ip_protocol       = "-1"
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.this.id
  description       = "Packages, the peer, forwarded traffic"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  tags              = var.tags
}

# The interface and its address are there before the machine, which fetches packages at its first start, and stay when it
# is replaced: routes and the peer notice nothing.
resource "aws_network_interface" "this" {
  subnet_id         = var.subnet_id
  security_groups   = [aws_security_group.this.id]
  source_dest_check = false # it forwards
  tags              = merge(var.tags, { Name = "${var.name}-wireguard" })
}

resource "aws_instance" "this" {
  ami                         = data.aws_ssm_parameter.image.insecure_value
  instance_type               = var.instance_type
  user_data                   = module.start_up.cloud_init
  user_data_replace_on_change = true
  # Names of tags are read from metadata, so they have no slashes; nobody can log in: no key pair, no SSM, no SSH.
  tags = merge(var.tags, { Name = "${var.name}-wireguard", wireguard-peer-key = var.peer_key, wireguard-peer-address = var.peer_address })

  primary_network_interface {
    network_interface_id = aws_network_interface.this.id
  }

  credit_specification {
    cpu_credits = "standard" # slower when used up, not dearer
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "enabled"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 8
    encrypted   = true
    tags        = var.tags
  }

  lifecycle {
    ignore_changes = [ami] # a new image is a new key: replace by hand (docs/infrastructure.md)
  }

  depends_on = [aws_eip.this]
}

resource "aws_eip" "this" {
  domain            = "vpc"
  network_interface = aws_network_interface.this.id
  tags              = merge(var.tags, { Name = "${var.name}-wireguard" })
}

resource "aws_route" "peer" {
  for_each               = { for pair in setproduct(keys(var.route_table_ids), var.peer_cidrs) : "${pair[0]} ${pair[1]}" => { zone = pair[0], cidr = pair[1] } }
  route_table_id         = var.route_table_ids[each.value.zone]
  destination_cidr_block = each.value.cidr
  network_interface_id   = aws_network_interface.this.id
}

# A machine whose hardware fails is started again on another one, with its disk, key and address.
resource "aws_cloudwatch_metric_alarm" "recover" {
  alarm_name          = "${var.name}-wireguard-recover"
  alarm_description   = "Starts the gateway again when its host has failed"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed_System"
  dimensions          = { InstanceId = aws_instance.this.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:automate:${var.aws_region}:ec2:recover"]
  tags                = var.tags
}
