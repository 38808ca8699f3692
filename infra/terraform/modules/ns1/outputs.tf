output "domain" {
  description = "Name for all regions' ingests."
  value       = ns1_record.global.domain
}

output "seconds_until_gone" {
  description = "At worst, from a region's death to the last cached answer that names it: the next look, its timeout, the recheck's, NS1's push (allow 2 s), the TTL."
  value       = var.monitor_frequency + 2 + 2 + 2 + var.ttl
  precondition {
    condition     = var.monitor_frequency + 2 + 2 + 2 + var.ttl < 30
    error_message = "A failed region would be answered for 30 s or more."
  }
}
