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
  value       = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
}
