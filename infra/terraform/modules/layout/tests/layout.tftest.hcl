# Needs no provider: `terraform init && terraform test` in this folder works offline.

run "sydney" {
  command = plan
  variables {
    environment = "prod"
    region      = "syd"
  }
  assert {
    condition     = output.cluster_values.network_cidr == "10.16.0.0/16" && output.cluster_values.peer_network_cidr == "10.32.0.0/16"
    error_message = "Sydney's network, or its peer's, is another than the plan's."
  }
  assert {
    condition     = output.cluster_values.backup_bucket == "outback-uptime-prod-syd-backups"
    error_message = "The backup bucket's name has changed."
  }
  assert {
    condition     = output.cluster_values.silo_identity == "arn:aws:iam::111122223333:role/outback-uptime-prod-syd-silo"
    error_message = "A role's ARN must be known before apply."
  }
  assert {
    condition     = output.cluster_values.witness_identity == "00000000-0000-0000-0000-000000000000" && output.cluster_values.vault_host == "vault.example.net"
    error_message = "The witness' identity is known later; Vault has a name in the domain."
  }
  assert {
    condition     = output.tags.team == "outback-uptime" && output.tags.environment == "prod"
    error_message = "Tags lack the team or the environment."
  }
}

run "melbourne" {
  command = plan
  variables {
    environment = "dev"
    region      = "mel"
    identities  = { silo = "11111111-2222-3333-4444-555555555555" }
  }
  assert {
    condition     = output.cluster_values.peer_region == "syd" && output.cluster_values.registry == "outbackuptimedevmel.azurecr.io"
    error_message = "Melbourne's peer is Sydney, its registry is ACR."
  }
  assert {
    condition     = output.cluster_values.silo_identity == "11111111-2222-3333-4444-555555555555" && output.cluster_values.velero_identity == "00000000-0000-0000-0000-000000000000"
    error_message = "Client ids come from the identities that exist."
  }
  assert {
    condition     = !contains(keys(output.cluster_values), "witness_identity") && output.cluster_values.rotation_day == "15"
    error_message = "Azure's silos use their own identity; Melbourne's passwords change on another day than Sydney's."
  }
  assert {
    condition     = output.witness_name == "outbackuptimedevwit" && length(output.witness_name) <= 24
    error_message = "A storage account's name has 3 to 24 letters and digits."
  }
  assert {
    condition     = alltrue([for key in output.after_apply : contains(keys(output.cluster_values), key)])
    error_message = "after_apply names a key that cluster_values lacks."
  }
}

run "overlap_is_refused" {
  command = plan
  variables {
    environment = "prod"
    region      = "syd"
    layout = {
      project        = "outback-uptime"
      team           = "outback-uptime"
      domain         = "example.net"
      aws_account_id = "111122223333"
      witness_table  = "T"
      after_apply    = { syd = [], mel = [] }
      edge           = { pod_cidr = "10.42.0.0/16", service_cidr = "10.43.0.0/16" }
      wireguard_cidr = "10.255.255.0/30"
      environments = {
        prod = {
          topology      = "cells"
          domain_prefix = ""
          regions = {
            syd = { cloud = "aws", cloud_region = "ap-southeast-2", region_name = "Sydney", network_cidr = "10.40.0.0/14", pod_cidr = "100.64.0.0/16", service_cidr = "172.20.0.0/16", rotation_day = 1 }
            mel = { cloud = "azure", cloud_region = "australiasoutheast", region_name = "Melbourne", network_cidr = "10.32.0.0/16", pod_cidr = "100.80.0.0/16", service_cidr = "172.21.0.0/16", rotation_day = 15 }
          }
        }
      }
    }
  }
  expect_failures = [output.cluster_values]
}

run "jobs_of_the_pipeline" {
  command = plan
  variables {
    environment = "prod"
    region      = "mel"
  }
  assert {
    condition     = output.jobs == tomap({ restore = "prod-restore-test" })
    error_message = "In prod nothing is broken on purpose."
  }
}

run "unknown_region_is_refused" {
  command = plan
  variables {
    environment = "prod"
    region      = "bris"
  }
  expect_failures = [var.region]
}
