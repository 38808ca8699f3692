mock_provider "ns1" {}

variables {
  name   = "outback-uptime-prod"
  tags   = { team = "outback-uptime", environment = "prod" }
  zone   = "example.net"
  domain = "ingest.example.net"
  emails = ["ops@example.net"]
  ingests = {
    syd = { domain = "ingest.syd.example.net", target = "k8s-outback-silouplink-0123456789.elb.ap-southeast-2.amazonaws.com", weight = 50, pulsar_host = "console.syd.example.net", pulsar_path = "/p.png" }
    mel = { domain = "ingest.mel.example.net", target = "outback-uptime-prod-mel.australiasoutheast.cloudapp.azure.com", weight = 50, pulsar_host = "console.mel.example.net", pulsar_path = "/p.png" }
  }
}

run "filters_in_order" {
  command = apply
  assert {
    condition     = [for f in ns1_record.global.filters : f.filter] == ["up", "weighted_shuffle", "pulsar_performance_sort", "select_first_n"]
    error_message = "Up, weighted, Pulsar, select first: weights after Pulsar would shuffle away what it sorted."
  }
  assert {
    condition     = length(ns1_record.global.answers) == 2 && alltrue([for a in ns1_record.global.answers : can(jsondecode(a.meta.up).feed) && can(jsondecode(a.meta.pulsar)[0].job_id)])
    error_message = "Each answer hears of its own monitor and of its own Pulsar job."
  }
}

run "gone_within_30_s" {
  command = apply
  assert {
    condition     = output.seconds_until_gone < 30 && alltrue([for j in ns1_monitoringjob.this : j.rapid_recheck && j.notify_delay == 0 && j.policy == "quorum"])
    error_message = "A failed region must be gone within 30 s, by a quorum of monitors."
  }
  assert {
    condition     = alltrue([for r in ns1_record.region : r.tags.team == "outback-uptime"]) && ns1_record.global.tags.team == "outback-uptime"
    error_message = "Records name their team."
  }
}

run "too_slow_is_refused" {
  command = plan
  variables {
    monitor_frequency = 15
  }
  expect_failures = [output.seconds_until_gone]
}

run "one_monitor_is_refused" {
  command = plan
  variables {
    monitor_regions = ["syd"]
  }
  expect_failures = [var.monitor_regions]
}
