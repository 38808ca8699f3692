resource "aws_iam_role" "node" {
  name = "${var.name}-node"
  tags = var.tags
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"])
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_launch_template" "steady" {
  name_prefix            = "${var.name}-steady-"
  update_default_version = true
  tags                   = var.tags

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size           = 30
      volume_type           = "gp3"
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }

  # IMDSv2 only, and one hop: a pod does not reach the node's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume", "network-interface"]
    content {
      resource_type = tag_specifications.value
      tags          = merge(var.tags, { Name = "${var.name}-steady" })
    }
  }
}

resource "aws_eks_node_group" "steady" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "steady"
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = values(var.node_subnet_ids)
  ami_type        = "BOTTLEROCKET_ARM_64"
  capacity_type   = "ON_DEMAND"
  instance_types  = var.steady_instance_types
  labels          = { "outback-uptime/pool" = "steady" }
  tags            = var.tags

  launch_template {
    id      = aws_launch_template.steady.id
    version = aws_launch_template.steady.latest_version
  }

  scaling_config {
    desired_size = var.steady_nodes
    min_size     = var.steady_nodes
    max_size     = var.steady_nodes + 1 # room for a rolling update
  }

  update_config {
    max_unavailable = 1
  }

  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.vpc_cni]
}
