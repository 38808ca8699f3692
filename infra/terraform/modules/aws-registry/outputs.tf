output "repository_arns" {
  description = "By name, for the pipeline's permissions."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}
