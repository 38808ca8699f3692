output "interruption_queue" {
  description = "For Karpenter's setting `settings.interruptionQueue`."
  value       = aws_sqs_queue.interruption.name
}

output "manifests" {
  description = "EC2NodeClass and NodePools, as YAML."
  value       = join("---\n", [for object in [local.node_class, local.spot_pool, local.store_pool] : yamlencode(object)])
}
