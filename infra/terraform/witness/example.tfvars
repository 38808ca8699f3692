# terraform plan -var-file=example.tfvars; copy to prod.tfvars (not committed) with your own values.
environment        = "prod"
subscription_id    = "00000000-0000-0000-0000-000000000000"
allowed_ips        = ["203.0.113.4"]
allowed_subnet_ids = ["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/outback-uptime-prod-mel/providers/Microsoft.Network/virtualNetworks/outback-uptime-prod-mel/subnets/nodes"]
issuers            = { syd = "https://oidc.eks.ap-southeast-2.amazonaws.com/id/EXAMPLE" }
silo_principal_ids = { mel = "00000000-0000-0000-0000-000000000000" }
budget_start_month = "2026-12"
budget_emails      = ["ops@example.net"]
