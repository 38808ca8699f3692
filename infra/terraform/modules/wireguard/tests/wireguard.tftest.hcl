# Needs no provider.
variables {
  cloud          = "aws"
  tunnel_address = "10.255.255.1"
  peer_cidrs     = ["10.32.0.0/16", "100.80.0.0/16"]
  here_cidrs     = ["10.16.0.0/16", "100.64.0.0/16"]
}

run "aws" {
  command = plan
  assert {
    condition     = startswith(output.cloud_init, "#cloud-config\n") && length(yamldecode(output.cloud_init).write_files) == 6
    error_message = "cloud-init's first line names it, the rest is YAML."
  }
  assert {
    condition     = strcontains(output.cloud_init, "X-aws-ec2-metadata-token") && !strcontains(output.cloud_init, "Metadata:true")
    error_message = "Another cloud's metadata service."
  }
  assert {
    condition     = strcontains(output.cloud_init, "wg genkey") && !can(regex("PrivateKey *= *[A-Za-z0-9+/]{43}=", output.cloud_init))
    error_message = "The key is made on the gateway and nowhere else."
  }
}

run "azure" {
  command = plan
  variables {
    cloud = "azure"
  }
  assert {
    condition     = strcontains(output.cloud_init, "Metadata:true") && !strcontains(output.cloud_init, "X-aws")
    error_message = "Another cloud's metadata service."
  }
}

run "the_world_is_refused" {
  command = plan
  variables {
    peer_cidrs = ["0.0.0.0/0"]
  }
  expect_failures = [var.peer_cidrs]
}
