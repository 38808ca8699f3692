mock_provider "aws" {}

variables {
  name            = "outback-uptime-prod-syd"
  tags            = { team = "outback-uptime", environment = "prod" }
  vpc_id          = "vpc-1"
  route_table_ids = { a = "rtb-a", b = "rtb-b", c = "rtb-c" }
  peer_address    = "203.0.113.9"
  peer_cidrs      = ["10.32.0.0/16", "100.80.0.0/16"]
}

run "keys_stay_out_of_the_state" {
  command = plan
  assert {
    condition     = aws_vpn_connection.this.preshared_key_storage == "SecretsManager" && aws_vpn_connection.this.tags.team == "outback-uptime"
    error_message = "The pre-shared keys are Secrets Manager's."
  }
  assert {
    condition     = length(aws_vpn_connection_route.peer) == 2 && length(aws_vpn_gateway_route_propagation.this) == 3
    error_message = "Routes for nodes and pods, in all zones."
  }
}

run "without_a_peer_there_is_none" {
  command = plan
  variables {
    peer_address = ""
  }
  expect_failures = [var.peer_address]
}
