output "cloud_init" {
  description = "User data of the gateway. Holds no secret."
  value       = local.cloud_init
}
