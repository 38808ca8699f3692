# Pods take addresses of the second range (custom networking), and keep them on the way to the other cloud: without
# EXCLUDE_SNAT_CIDRS Melbourne's silos would see a node's address, and Orleans' silos could not call back.
resource "aws_eks_addon" "vpc_cni" {
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = "vpc-cni"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.tags
  configuration_values = jsonencode({
    enableNetworkPolicy = "true"
    env = {
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG = "true"
      ENI_CONFIG_LABEL_DEF               = "topology.kubernetes.io/zone"
      ENABLE_PREFIX_DELEGATION           = "true" # a t4g.large would hold 24 pods else, less one ENI for custom networking
      AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS = join(",", var.peer_cidrs)
    }
    eniConfig = {
      create  = true
      region  = var.aws_region
      subnets = { for zone, id in var.pod_subnet_ids : zone => { id = id, securityGroups = [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id] } }
    }
  })
}

resource "aws_eks_addon" "other" {
  for_each                    = toset(["coredns", "kube-proxy", "eks-pod-identity-agent"])
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.tags
  depends_on                  = [aws_eks_node_group.steady]
}

resource "aws_eks_addon" "ebs_csi" {
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = "aws-ebs-csi-driver"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.tags
  configuration_values        = jsonencode({ controller = { extraVolumeTags = var.tags } })
  pod_identity_association {
    role_arn        = aws_iam_role.ebs_csi.arn
    service_account = "ebs-csi-controller-sa"
  }
  depends_on = [aws_eks_node_group.steady]
}

resource "aws_iam_role" "ebs_csi" {
  name = "${var.name}-ebs-csi"
  tags = var.tags
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole", "sts:TagSession"], Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  role       = aws_iam_role.ebs_csi.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

# Disks that someone makes without saying so are encrypted too.
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

# What the other cloud's pods may reach here: the silos' own port and the store. All else between the clouds goes through the
# front door.
resource "aws_vpc_security_group_ingress_rule" "peer" {
  for_each          = { for pair in setproduct(var.peer_cidrs, var.peer_ports) : "${pair[0]} ${pair[1]}" => { cidr = pair[0], port = pair[1] } }
  security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  description       = "Silos and stores of the other region"
  cidr_ipv4         = each.value.cidr
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = "tcp"
  tags              = var.tags
}
