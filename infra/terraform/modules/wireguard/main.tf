# Start-up of a WireGuard gateway, the same on both clouds. No secret goes through Terraform: the gateway makes its own key,
# keeps it on its encrypted disk, and prints the public half to the serial console. The peer's public key and address come
# as tags of the instance, which it reads from its metadata service every minute: setting them replaces nothing.

terraform {
  required_version = ">= 1.7"
}

locals {
  cloud_init = templatefile("${path.module}/gateway.yaml.tftpl", {
    cloud      = var.cloud
    address    = "${var.tunnel_address}/30"
    peer_cidrs = join(",", var.peer_cidrs)
    here_cidrs = join(" ", var.here_cidrs)
  })
}
