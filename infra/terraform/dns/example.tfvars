# terraform plan -var-file=example.tfvars; copy to prod.tfvars (not committed) with your own values. NS1_APIKEY must be set.
environment     = "prod"
subscription_id = "00000000-0000-0000-0000-000000000000"
load_balancers = {
  syd = "k8s-outback-silouplink-0123456789.elb.ap-southeast-2.amazonaws.com"
  mel = "outback-uptime-prod-mel.australiasoutheast.cloudapp.azure.com"
}
