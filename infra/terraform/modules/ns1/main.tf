# NS1: the ingests' names, monitors on both, and one name for all of them whose answer is the fastest region that is up.
# The gateways don't wait for it (they know both regions); it is for what resolves a name: hubs with a broker of their own, the
# console, gateways on their first start.

terraform {
  required_version = ">= 1.7"
  required_providers {
    ns1 = {
      source  = "ns1-terraform/ns1"
      version = "~> 2.2"
    }
  }
}

resource "ns1_monitoringjob" "this" {
  for_each        = var.ingests
  name            = "${var.name}-${each.key}"
  job_type        = "tcp" # the uplink asks for a client certificate, which no monitor has
  active          = true
  regions         = var.monitor_regions
  frequency       = var.monitor_frequency
  rapid_recheck   = true # a failure is looked at again at once instead of after `frequency`
  policy          = "quorum"
  mute            = false
  notify_delay    = 0
  notify_failback = true
  notify_regional = false
  notify_repeat   = 0
  notify_list     = ns1_notifylist.this.id
  notes           = "Ingest ${each.key}; team ${var.tags.team}"
  config = {
    host            = each.value.target
    port            = tostring(var.port)
    connect_timeout = "2000"
    ipv6            = "false"
    ssl             = "false"
  }
  rules {
    key        = "connect"
    comparison = "<"
    value      = "2000"
  }
}

# What a monitor finds goes into the answers by a feed of its own.
resource "ns1_datasource" "monitoring" {
  name       = "${var.name}-monitoring"
  sourcetype = "nsone_monitoring"
}

resource "ns1_datafeed" "this" {
  for_each  = var.ingests
  name      = "${var.name}-${each.key}"
  source_id = ns1_datasource.monitoring.id
  config    = { jobid = ns1_monitoringjob.this[each.key].id }
}

resource "ns1_notifylist" "this" {
  name = var.name
  notifications {
    type   = "datafeed"
    config = { sourceid = ns1_datasource.monitoring.id }
  }
  dynamic "notifications" {
    for_each = toset(var.emails)
    content {
      type   = "email"
      config = { email = notifications.value }
    }
  }
}

# Pulsar: response times as real clients see them (the console's pages measure by NS1's script), by region.
resource "ns1_application" "this" {
  name                 = var.name
  active               = true
  browser_wait_millis  = 1000
  jobs_per_transaction = 2
}

resource "ns1_pulsarjob" "this" {
  for_each = var.ingests
  name     = "${var.name}-${each.key}"
  app_id   = ns1_application.this.id
  type_id  = "latency"
  active   = true
  shared   = false
  config {
    host     = each.value.pulsar_host
    url_path = each.value.pulsar_path
    https    = true
  }
}

# Each region's own name.
resource "ns1_record" "region" {
  for_each = var.ingests
  zone     = var.zone
  domain   = each.value.domain
  type     = "CNAME"
  ttl      = 60
  tags     = var.tags
  answers {
    answer = each.value.target
  }
}

# The name for all of them. The filters run in this order; each passes on what it leaves.
resource "ns1_record" "global" {
  zone   = var.zone
  domain = var.domain
  type   = "CNAME"
  ttl    = var.ttl
  tags   = var.tags

  dynamic "answers" {
    for_each = var.ingests
    content {
      answer = answers.value.target
      meta = {
        up     = jsonencode({ feed = ns1_datafeed.this[answers.key].id })
        weight = tostring(answers.value.weight)
        pulsar = jsonencode([{ job_id = ns1_pulsarjob.this[answers.key].job_id, bias = "*1.0", a5m_cutoff = 0.9 }])
        note   = answers.key
      }
    }
  }

  filters {
    filter = "up" # takes out what its monitor says is down; all down: all stay
  }
  filters {
    filter = "weighted_shuffle" # the order where Pulsar knows nothing (first days, few clients)
  }
  filters {
    # The fastest first, for the client's network. After the weights, not before: both rearrange all answers, so the last one wins.
    filter = "pulsar_performance_sort"
  }
  filters {
    filter = "select_first_n"
    config = { N = "1" } # a CNAME has one answer
  }
}
