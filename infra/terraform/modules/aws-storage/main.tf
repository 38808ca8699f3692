# Two buckets: backups (Velero's and ClickHouse's) and cold (old parts that ClickHouse moves out by TTL and still reads).
# Both encrypted with our key, closed to the public, TLS only.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

locals {
  buckets = {
    backups = { versioned = true }
    # ClickHouse never overwrites an object, and deletes what it has merged: versions would keep all of that for ever.
    cold = { versioned = false }
  }
}

resource "aws_s3_bucket" "this" {
  for_each      = local.buckets
  bucket        = "${var.name}-${each.key}"
  force_destroy = false
  tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each                = aws_s3_bucket.this
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  rule {
    bucket_key_enabled = true # one call of KMS for many objects
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.this[each.key].id
  versioning_configuration {
    status = each.value.versioned ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = ["arn:aws:s3:::${var.name}-${each.key}", "arn:aws:s3:::${var.name}-${each.key}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "backups" {
  bucket                                 = aws_s3_bucket.this["backups"].id
  transition_default_minimum_object_size = "all_storage_classes_128K"
  depends_on                             = [aws_s3_bucket_versioning.this]

  # A restore of the last month must not wait for Glacier; what is older is for the day that everything else has failed.
  rule {
    id     = "clickhouse"
    status = "Enabled"
    filter {
      prefix = "clickhouse/"
    }
    transition {
      days          = var.backups_to_glacier_days
      storage_class = "GLACIER"
    }
    expiration {
      days = var.backups_expire_days
    }
  }

  # Velero removes its own by their time to live, and reads their lists until then: never Glacier. This is for what it forgot.
  rule {
    id     = "velero"
    status = "Enabled"
    filter {
      prefix = "velero/"
    }
    expiration {
      days = var.backups_expire_days
    }
  }

  rule {
    id     = "remains"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "cold" {
  bucket                                 = aws_s3_bucket.this["cold"].id
  transition_default_minimum_object_size = "all_storage_classes_128K"

  # ClickHouse reads cold parts without notice: Glacier Instant Retrieval, never Flexible, which a query can't wait for. Nothing
  # expires: the table's TTL removes parts, and a part that goes behind ClickHouse's back breaks the table.
  rule {
    id     = "age"
    status = "Enabled"
    filter {}
    transition {
      days          = var.cold_to_glacier_days
      storage_class = "GLACIER_IR"
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
