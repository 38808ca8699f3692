mock_provider "aws" {}

variables {
  name        = "outback-uptime-prod-syd"
  tags        = { team = "outback-uptime", environment = "prod" }
  kms_key_arn = "arn:aws:kms:ap-southeast-2:111122223333:key/mock"
}

run "no_public_storage" {
  command = apply
  assert {
    condition     = alltrue([for b in aws_s3_bucket_public_access_block.this : b.block_public_acls && b.block_public_policy && b.ignore_public_acls && b.restrict_public_buckets]) && length(aws_s3_bucket_public_access_block.this) == length(aws_s3_bucket.this)
    error_message = "Every bucket is closed, in all four ways."
  }
  assert {
    condition     = alltrue([for p in aws_s3_bucket_policy.this : jsondecode(p.policy).Statement[0].Effect == "Deny" && jsondecode(p.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"]) && length(aws_s3_bucket_policy.this) == length(aws_s3_bucket.this)
    error_message = "TLS only."
  }
}

run "encrypted_with_our_key" {
  command = apply
  assert {
    condition     = alltrue([for e in aws_s3_bucket_server_side_encryption_configuration.this : alltrue([for r in e.rule : r.apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn])]) && length(aws_s3_bucket_server_side_encryption_configuration.this) == length(aws_s3_bucket.this)
    error_message = "Every bucket is encrypted with our key."
  }
}

run "backups_can_be_taken_back_and_age" {
  command = apply
  assert {
    condition     = aws_s3_bucket_versioning.this["backups"].versioning_configuration[0].status == "Enabled"
    error_message = "An overwritten backup must be there still."
  }
  assert {
    condition     = { for r in aws_s3_bucket_lifecycle_configuration.backups.rule : r.id => { prefix = try(r.filter[0].prefix, null), to = [for t in r.transition : t.storage_class], after = [for t in r.transition : t.days], ends = [for e in r.expiration : e.days], abort = [for a in r.abort_incomplete_multipart_upload : a.days_after_initiation], old = [for v in r.noncurrent_version_expiration : v.noncurrent_days] } if r.id == "clickhouse" } == { clickhouse = { prefix = "clickhouse/", to = ["GLACIER"], after = [31], ends = [400], abort = [], old = [] } }
    error_message = "The store's backups go to Glacier after a month and end after a year and a bit."
  }
  assert {
    condition     = alltrue([for r in aws_s3_bucket_lifecycle_configuration.backups.rule : length(r.transition) == 0 if r.id == "velero"]) && one([for r in aws_s3_bucket_lifecycle_configuration.backups.rule : r.filter[0].prefix if r.id == "velero"]) == "velero/"
    error_message = "Velero reads its backups' lists until they end."
  }
  assert {
    condition     = alltrue([for b in [aws_s3_bucket_lifecycle_configuration.backups, aws_s3_bucket_lifecycle_configuration.cold] : anytrue([for r in b.rule : r.status == "Enabled" && length(r.abort_incomplete_multipart_upload) == 1])])
    error_message = "In both buckets an upload that was never finished goes."
  }
  assert {
    condition     = one([for r in aws_s3_bucket_lifecycle_configuration.backups.rule : r.noncurrent_version_expiration[0].noncurrent_days if r.id == "remains"]) == 30
    error_message = "Old versions of backups are kept a month, not for ever."
  }
  assert {
    condition     = alltrue([for t in aws_s3_bucket_lifecycle_configuration.cold.rule[0].transition : t.storage_class == "GLACIER_IR" && t.days == 90]) && length(aws_s3_bucket_lifecycle_configuration.cold.rule[0].transition) == 1
    error_message = "ClickHouse can't wait hours for a part."
  }
  assert {
    condition     = alltrue([for r in aws_s3_bucket_lifecycle_configuration.cold.rule : length(r.expiration) == 0])
    error_message = "Only ClickHouse removes a cold part."
  }
  assert {
    condition     = alltrue([for b in aws_s3_bucket.this : b.tags.team == "outback-uptime" && !b.force_destroy])
    error_message = "Tagged, and a bucket with something in it is not destroyed."
  }
}

run "early_glacier_is_refused" {
  command = plan
  variables {
    backups_to_glacier_days = 1
  }
  expect_failures = [var.backups_to_glacier_days]
}
