mock_provider "aws" {
  mock_resource "aws_eks_cluster" {
    defaults = {
      arn        = "arn:aws:eks:ap-southeast-2:111122223333:cluster/mock"
      identity   = [{ oidc = [{ issuer = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/MOCK" }] }]
      vpc_config = { cluster_security_group_id = "sg-0123456789abcdef0" }
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0" }
  }
}

variables {
  name            = "outback-uptime-prod-syd"
  tags            = { team = "outback-uptime", environment = "prod" }
  node_subnet_ids = { "ap-southeast-2a" = "subnet-a", "ap-southeast-2b" = "subnet-b", "ap-southeast-2c" = "subnet-c" }
  pod_subnet_ids  = { "ap-southeast-2a" = "subnet-pa", "ap-southeast-2b" = "subnet-pb", "ap-southeast-2c" = "subnet-pc" }
  service_cidr    = "172.20.0.0/16"
  peer_cidrs      = ["10.32.0.0/16", "100.80.0.0/16"]
  kms_key_arn     = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
}

run "secrets_are_encrypted_and_the_api_is_private" {
  command = apply
  assert {
    condition     = contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets") && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.kms_key_arn
    error_message = "Kubernetes secrets are encrypted with our key."
  }
  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].endpoint_private_access
    error_message = "With nobody named, the API is private."
  }
  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "Extended support would cost six times as much."
  }
  assert {
    condition     = aws_launch_template.steady.block_device_mappings[0].ebs[0].encrypted == "true" && aws_launch_template.steady.metadata_options[0].http_tokens == "required"
    error_message = "Disks encrypted, IMDSv2 only."
  }
}

run "pods_keep_their_address_on_the_way_to_the_peer" {
  command = apply
  assert {
    condition     = jsondecode(aws_eks_addon.vpc_cni.configuration_values).env.AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS == "10.32.0.0/16,100.80.0.0/16"
    error_message = "No SNAT towards the other region."
  }
  assert {
    condition     = jsondecode(aws_eks_addon.vpc_cni.configuration_values).eniConfig.subnets["ap-southeast-2b"].id == "subnet-pb"
    error_message = "Each zone's pods take their zone's pod subnet."
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.peer : "${rule.cidr_ipv4} ${rule.from_port}-${rule.to_port}"]) == toset(flatten([for cidr in ["10.32.0.0/16", "100.80.0.0/16"] : ["${cidr} 11111-11111", "${cidr} 4143-4143", "${cidr} 4191-4191"]]))
    error_message = "The peer reaches silos and the store, and nothing else."
  }
}

run "without_a_tunnel_nobody_comes_in" {
  command = apply
  variables {
    peer_cidrs = []
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.peer) == 0
    error_message = "No tunnel, no door."
  }
}

run "nodes_are_few_and_tagged" {
  command = apply
  assert {
    condition     = aws_eks_node_group.steady.scaling_config[0].max_size <= 7 && aws_eks_node_group.steady.capacity_type == "ON_DEMAND"
    error_message = "The steady group is small and not on spot."
  }
  assert {
    condition     = alltrue([for t in [aws_eks_cluster.this.tags, aws_eks_node_group.steady.tags, aws_launch_template.steady.tags, aws_iam_role.node.tags, aws_eks_addon.vpc_cni.tags] : t.team == "outback-uptime"])
    error_message = "Everything names its team."
  }
  assert {
    condition     = alltrue([for t in aws_launch_template.steady.tag_specifications : t.tags.team == "outback-uptime"])
    error_message = "Instances, disks and interfaces too: that's where the money goes."
  }
}

run "the_internet_is_refused" {
  command = plan
  variables {
    public_access_cidrs = ["0.0.0.0/0"]
  }
  expect_failures = [var.public_access_cidrs]
}

run "a_crowd_is_refused" {
  command = plan
  variables {
    steady_nodes = 40
  }
  expect_failures = [var.steady_nodes]
}
