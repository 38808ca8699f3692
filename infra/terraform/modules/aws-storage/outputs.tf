output "bucket_names" {
  description = "backups and cold."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.bucket }
}

output "bucket_arns" {
  description = "The same, as ARNs."
  value       = { for key, bucket in aws_s3_bucket.this : key => "arn:aws:s3:::${bucket.bucket}" }
}
