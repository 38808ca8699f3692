output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Of the Kubernetes API."
  value       = aws_eks_cluster.this.endpoint
}

output "issuer" {
  description = "OIDC issuer of the service accounts: Azure trusts it for the silos' access to the witness."
  value       = aws_eks_cluster.this.identity[0].oidc[0].issuer
}

output "security_group_id" {
  description = "The cluster's security group: nodes that Karpenter makes join it."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "node_role_arn" {
  description = "Role of all nodes."
  value       = aws_iam_role.node.arn
}

output "node_role_name" {
  description = "Name of that role, for Karpenter's EC2NodeClass."
  value       = aws_iam_role.node.name
}

output "provider_arn" {
  description = "IAM's OIDC provider for the issuer, for roles of service accounts."
  value       = aws_iam_openid_connect_provider.this.arn
}

output "arn" {
  description = "The cluster, for whom may look it up."
  value       = aws_eks_cluster.this.arn
}
