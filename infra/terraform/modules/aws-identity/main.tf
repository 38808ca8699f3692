# Who may do what without a password: GitHub's pipeline by OIDC, and the workloads by their service accounts.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

# --- the pipeline ---------------------------------------------------------------------------------------------------
# An account has one provider for GitHub: the second environment in the same account names the first one's ARN instead.
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.github_provider_arn == null ? 1 : 0
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.tags
}

locals {
  github_provider = var.github_provider_arn == null ? one(aws_iam_openid_connect_provider.github[*].arn) : var.github_provider_arn
}

resource "aws_iam_role" "pipeline" {
  name                 = "${var.name}-pipeline"
  max_session_duration = 3600
  tags                 = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.github_provider }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          # An environment of GitHub's, which has reviewers and branches of its own; never a pull request.
          "token.actions.githubusercontent.com:sub" = "repo:${var.github_repository}:environment:${var.github_environment}"
        }
      }
    }]
  })
}

# Push our images, nothing else. Terraform's own role is made by hand (README): it could give itself everything.
resource "aws_iam_role_policy" "pipeline" {
  name = "push-images"
  role = aws_iam_role.pipeline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
        Resource = values(var.repository_arns)
      },
    ]
  })
}

# --- the workloads --------------------------------------------------------------------------------------------------
locals {
  issuer = trimprefix(var.cluster_issuer, "https://")
  bucket = { for key, arn in var.bucket_arns : key => { list = arn, objects = "${arn}/*" } }
  use_key = {
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource = var.kms_key_arn
  }
  workloads = {
    # The silo needs nothing of AWS: its way to the witness is Azure's trust in the cluster's OIDC issuer. The role is
    # there so that what it may be is written down, and stays empty.
    silo = { namespace = "outback", service_account = "silo", statements = [] }
    clickhouse = {
      namespace       = "clickhouse"
      service_account = "clickhouse"
      also            = ["system:serviceaccount:restore-test:clickhouse"] # the monthly test's scratch store reads the backups
      statements = [
        { Effect = "Allow", Action = ["s3:ListBucket", "s3:GetBucketLocation"], Resource = [local.bucket.backups.list, local.bucket.cold.list] },
        { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], Resource = [local.bucket.cold.objects, "${local.bucket.backups.list}/clickhouse/*"] },
        local.use_key,
      ]
    }
    velero = {
      namespace       = "velero"
      service_account = "velero"
      statements = [
        { Effect = "Allow", Action = ["s3:ListBucket", "s3:GetBucketLocation"], Resource = [local.bucket.backups.list] },
        { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], Resource = ["${local.bucket.backups.list}/velero/*"] },
        local.use_key,
        { Effect = "Allow", Action = ["ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:CreateTags", "ec2:CreateVolume", "ec2:CreateSnapshot"], Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = var.aws_region } } },
        # Only snapshots that Velero made.
        { Effect = "Allow", Action = "ec2:DeleteSnapshot", Resource = "*", Condition = { StringLike = { "aws:ResourceTag/velero.io/backup" = "*" } } },
      ]
    }
    vault = {
      namespace       = "vault"
      service_account = "vault"
      statements      = [{ Effect = "Allow", Action = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"], Resource = var.kms_key_arn }]
    }
  }
}

# By the annotation eks.amazonaws.com/role-arn of the service account (IRSA): which role a workload takes is seen in k8s/.
resource "aws_iam_role" "workload" {
  for_each = local.workloads
  name     = "${var.name}-${each.key}"
  tags     = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.cluster_provider_arn }
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = concat(["system:serviceaccount:${each.value.namespace}:${each.value.service_account}"], try(each.value.also, []))
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "workload" {
  for_each = { for name, workload in local.workloads : name => workload if length(workload.statements) > 0 }
  name     = each.key
  role     = aws_iam_role.workload[each.key].id
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}
