output "pipeline_role_arn" {
  description = "For the pipeline's `role-to-assume`."
  value       = aws_iam_role.pipeline.arn
}

output "workload_role_arns" {
  description = "By workload."
  value       = { for name, role in aws_iam_role.workload : name => role.arn }
}
