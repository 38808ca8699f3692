# What Karpenter needs of AWS: who it may be, the queue that tells it two minutes ahead that a spot node goes, and the
# pools themselves (as manifests: Karpenter's own objects live in Kubernetes, and this module must not need its API).

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

resource "aws_sqs_queue" "interruption" {
  name                      = var.name
  message_retention_seconds = 300 # older news are no use
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_policy" "interruption" {
  queue_url = aws_sqs_queue.interruption.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Events"
        Effect    = "Allow"
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.interruption.arn
        Principal = { Service = "events.amazonaws.com" }
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:${var.aws_region}:${var.account_id}:rule/${var.name}-*" } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.interruption.arn
        Principal = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

locals {
  events = {
    spot-interruption = { source = "aws.ec2", type = "EC2 Spot Instance Interruption Warning" }
    rebalance         = { source = "aws.ec2", type = "EC2 Instance Rebalance Recommendation" }
    state-change      = { source = "aws.ec2", type = "EC2 Instance State-change Notification" }
    health            = { source = "aws.health", type = "AWS Health Event" }
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each      = local.events
  name          = "${var.name}-${each.key}"
  description   = "${each.value.type}, for Karpenter"
  event_pattern = jsonencode({ source = [each.value.source], detail-type = [each.value.type] })
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "this" {
  for_each  = aws_cloudwatch_event_rule.this
  rule      = each.value.name
  target_id = "karpenter"
  arn       = aws_sqs_queue.interruption.arn
}

resource "aws_iam_role" "controller" {
  name = "${var.name}-karpenter"
  tags = var.tags
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole", "sts:TagSession"], Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_eks_pod_identity_association" "controller" {
  cluster_name    = var.cluster_name
  namespace       = "kube-system"
  service_account = "karpenter"
  role_arn        = aws_iam_role.controller.arn
  tags            = var.tags
}

# Karpenter makes and ends instances of this cluster only: what it makes must carry the cluster's tag, and what it ends must too.
resource "aws_iam_role_policy" "controller" {
  name = "karpenter"
  role = aws_iam_role.controller.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "UseWhatIsThere"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances", "ec2:CreateFleet"]
        Resource = [for kind in ["image/*", "snapshot/*"] : "arn:aws:ec2:${var.aws_region}::${kind}"]
      },
      {
        Sid      = "UseOurNetwork"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances", "ec2:CreateFleet"]
        Resource = [for kind in ["security-group/*", "subnet/*", "launch-template/*"] : "arn:aws:ec2:${var.aws_region}:${var.account_id}:${kind}"]
      },
      {
        Sid       = "MakeTagged"
        Effect    = "Allow"
        Action    = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"]
        Resource  = [for kind in local.made : "arn:aws:ec2:${var.aws_region}:${var.account_id}:${kind}"]
        Condition = { StringEquals = { "aws:RequestTag/kubernetes.io/cluster/${var.cluster_name}" = "owned" }, StringLike = { "aws:RequestTag/karpenter.sh/nodepool" = "*" } }
      },
      {
        Sid       = "TagWhatIsMade"
        Effect    = "Allow"
        Action    = "ec2:CreateTags"
        Resource  = [for kind in local.made : "arn:aws:ec2:${var.aws_region}:${var.account_id}:${kind}"]
        Condition = { StringEquals = { "aws:RequestTag/kubernetes.io/cluster/${var.cluster_name}" = "owned", "ec2:CreateAction" = ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] } }
      },
      {
        Sid       = "NameWhatIsOurs"
        Effect    = "Allow"
        Action    = "ec2:CreateTags"
        Resource  = "arn:aws:ec2:${var.aws_region}:${var.account_id}:instance/*"
        Condition = { StringEquals = { "aws:ResourceTag/kubernetes.io/cluster/${var.cluster_name}" = "owned" }, "ForAllValues:StringEquals" = { "aws:TagKeys" = ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] } }
      },
      {
        Sid       = "EndWhatIsOurs"
        Effect    = "Allow"
        Action    = ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"]
        Resource  = [for kind in ["instance/*", "launch-template/*"] : "arn:aws:ec2:${var.aws_region}:${var.account_id}:${kind}"]
        Condition = { StringEquals = { "aws:ResourceTag/kubernetes.io/cluster/${var.cluster_name}" = "owned" } }
      },
      {
        Sid       = "Look"
        Effect    = "Allow"
        Action    = ["ec2:DescribeCapacityReservations", "ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "ec2:DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplates", "ec2:DescribePlacementGroups", "ec2:DescribeSecurityGroups", "ec2:DescribeSpotPriceHistory", "ec2:DescribeSubnets"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = var.aws_region } }
      },
      { Sid = "LookUpImages", Effect = "Allow", Action = "ssm:GetParameter", Resource = "arn:aws:ssm:${var.aws_region}::parameter/aws/service/*" },
      { Sid = "LookUpPrices", Effect = "Allow", Action = "pricing:GetProducts", Resource = "*" },
      { Sid = "Interruption", Effect = "Allow", Action = ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], Resource = aws_sqs_queue.interruption.arn },
      { Sid = "PassNodeRole", Effect = "Allow", Action = "iam:PassRole", Resource = var.node_role_arn, Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } } },
      { Sid = "Cluster", Effect = "Allow", Action = "eks:DescribeCluster", Resource = "arn:aws:eks:${var.aws_region}:${var.account_id}:cluster/${var.cluster_name}" },
      {
        Sid    = "InstanceProfiles"
        Effect = "Allow"
        Action = ["iam:CreateInstanceProfile", "iam:TagInstanceProfile", "iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile"]
        # The names that Karpenter gives them: before and since it has a path of its own.
        Resource = ["arn:aws:iam::${var.account_id}:instance-profile/${var.cluster_name}_*", "arn:aws:iam::${var.account_id}:instance-profile/karpenter/${var.aws_region}/${var.cluster_name}/*"]
        Condition = {
          StringEqualsIfExists = {
            "aws:RequestTag/kubernetes.io/cluster/${var.cluster_name}"  = "owned"
            "aws:ResourceTag/kubernetes.io/cluster/${var.cluster_name}" = "owned"
          }
        }
      },
      { Sid = "ListInstanceProfiles", Effect = "Allow", Action = "iam:ListInstanceProfiles", Resource = "*" },
    ]
  })
}

locals {
  made = ["fleet/*", "instance/*", "volume/*", "network-interface/*", "launch-template/*", "spot-instances-request/*"]
}
