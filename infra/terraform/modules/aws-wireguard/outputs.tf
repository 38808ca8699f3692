output "address" {
  description = "Public address of this gateway: the other root's `wireguard_peer_address`."
  value       = aws_eip.this.public_ip
}

output "instance_id" {
  description = "Its public key: `aws ec2 get-console-output --latest --output text --instance-id <this> | grep 'wireguard public key'`."
  value       = aws_instance.this.id
}
