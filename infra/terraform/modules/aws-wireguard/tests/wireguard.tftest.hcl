mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }
}

variables {
  name            = "outback-uptime-prod-syd"
  tags            = { team = "outback-uptime", environment = "prod" }
  vpc_id          = "vpc-1"
  subnet_id       = "subnet-1"
  route_table_ids = { a = "rtb-a", b = "rtb-b", c = "rtb-c" }
  tunnel_address  = "10.255.255.1"
  here_cidrs      = ["10.16.0.0/16", "100.64.0.0/16"]
  peer_cidrs      = ["10.32.0.0/16", "100.80.0.0/16"]
  peer_address    = "203.0.113.7"
  peer_key        = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
}

run "routes_and_rules" {
  command = apply
  assert {
    condition     = length(aws_route.peer) == 6 && !aws_network_interface.this.source_dest_check
    error_message = "Each zone reaches nodes and pods of the other region over the gateway."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.peer[0].cidr_ipv4 == "203.0.113.7/32" && aws_vpc_security_group_ingress_rule.peer[0].from_port == 51820
    error_message = "From outside only the peer, only WireGuard."
  }
  assert {
    condition     = aws_instance.this.tags["wireguard-peer-key"] == var.peer_key && aws_instance.this.tags.team == "outback-uptime"
    error_message = "The peer is a tag; so is the team."
  }
  assert {
    condition     = aws_instance.this.root_block_device[0].encrypted && aws_instance.this.metadata_options[0].http_tokens == "required"
    error_message = "Encrypted disk, IMDSv2."
  }
}

run "nobody_comes_in_before_the_peer_is_known" {
  command = apply
  variables {
    peer_address = ""
    peer_key     = ""
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.peer) == 0
    error_message = "No peer, no door."
  }
}

run "a_big_machine_is_refused" {
  command = plan
  variables {
    instance_type = "m7g.large"
  }
  expect_failures = [var.instance_type]
}
