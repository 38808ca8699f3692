output "name" {
  description = "Name of the cluster."
  value       = azurerm_kubernetes_cluster.this.name
}

output "issuer" {
  description = "OIDC issuer of the service accounts."
  value       = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "kubelet_object_id" {
  description = "Identity that pulls images."
  value       = azurerm_user_assigned_identity.kubelet.principal_id
}

output "node_resource_group_id" {
  description = "Resource group of nodes and disks."
  value       = azurerm_kubernetes_cluster.this.node_resource_group_id
}

output "id" {
  description = "The cluster, for roles in it."
  value       = azurerm_kubernetes_cluster.this.id
}
