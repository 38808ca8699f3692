# Karpenter's objects. `terraform output -raw karpenter_manifests | kubectl apply -f -`, once Flux has brought Karpenter.

locals {
  node_class = {
    apiVersion = "karpenter.k8s.aws/v1"
    kind       = "EC2NodeClass"
    metadata   = { name = "default", labels = { team = var.tags.team } }
    spec = {
      amiSelectorTerms           = [{ alias = "bottlerocket@${var.bottlerocket_version}" }]
      role                       = var.node_role_name
      subnetSelectorTerms        = [{ tags = { "karpenter.sh/discovery" = var.cluster_name } }]
      securityGroupSelectorTerms = [{ id = var.security_group_id }]
      tags                       = merge(var.tags, { Name = "${var.name}-karpenter" })
      metadataOptions            = { httpEndpoint = "enabled", httpTokens = "required", httpPutResponseHopLimit = 1 }
      blockDeviceMappings = [
        { deviceName = "/dev/xvda", ebs = { volumeSize = "4Gi", volumeType = "gp3", encrypted = true, deleteOnTermination = true } },
        { deviceName = "/dev/xvdb", ebs = { volumeSize = "30Gi", volumeType = "gp3", encrypted = true, deleteOnTermination = true } },
      ]
    }
  }

  # Silos and everything that may go at two minutes' notice: spot first, on demand when there is none.
  spot_pool = {
    apiVersion = "karpenter.sh/v1"
    kind       = "NodePool"
    metadata   = { name = "spot", labels = { team = var.tags.team } }
    spec = {
      weight = 50
      limits = { cpu = tostring(var.spot_cpu_limit), memory = "${var.spot_cpu_limit * 4}Gi" }
      disruption = {
        consolidationPolicy = "WhenEmptyOrUnderutilized"
        consolidateAfter    = "5m"
        # One node at a time: a silo that leaves hands its stations over, and that takes some seconds.
        budgets = [{ nodes = "1" }]
      }
      template = {
        metadata = { labels = { "outback-uptime/pool" = "spot", team = var.tags.team } }
        spec = {
          expireAfter            = "336h" # a fortnight: patched images without anybody's doing
          terminationGracePeriod = "10m"
          nodeClassRef           = { group = "karpenter.k8s.aws", kind = "EC2NodeClass", name = "default" }
          requirements = [
            { key = "karpenter.sh/capacity-type", operator = "In", values = ["spot", "on-demand"] },
            { key = "kubernetes.io/arch", operator = "In", values = ["arm64"] },
            { key = "kubernetes.io/os", operator = "In", values = ["linux"] },
            # Many kinds of instance: the more there are to choose from, the rarer is an interruption.
            { key = "karpenter.k8s.aws/instance-category", operator = "In", values = ["c", "m", "r", "t"] },
            { key = "karpenter.k8s.aws/instance-generation", operator = "Gt", values = ["3"] },
            { key = "karpenter.k8s.aws/instance-size", operator = "In", values = ["medium", "large", "xlarge"] },
          ]
        }
      }
    }
  }

  # ClickHouse: its disk is a volume of one zone, and a store that leaves is rows that must be fed again. On demand.
  store_pool = {
    apiVersion = "karpenter.sh/v1"
    kind       = "NodePool"
    metadata   = { name = "store", labels = { team = var.tags.team } }
    spec = {
      weight     = 10
      limits     = { cpu = tostring(var.store_cpu_limit), memory = "${var.store_cpu_limit * 8}Gi" }
      disruption = { consolidationPolicy = "WhenEmpty", consolidateAfter = "30m", budgets = [{ nodes = "1" }] }
      template = {
        metadata = { labels = { "outback-uptime/pool" = "store", team = var.tags.team } }
        spec = {
          expireAfter            = "Never" # its own maintenance window, by hand
          terminationGracePeriod = "30m"
          nodeClassRef           = { group = "karpenter.k8s.aws", kind = "EC2NodeClass", name = "default" }
          taints                 = [{ key = "outback-uptime/store", value = "true", effect = "NoSchedule" }]
          requirements = [
            { key = "karpenter.sh/capacity-type", operator = "In", values = ["on-demand"] },
            { key = "kubernetes.io/arch", operator = "In", values = ["arm64"] },
            { key = "karpenter.k8s.aws/instance-category", operator = "In", values = ["m", "r", "t"] },
            { key = "karpenter.k8s.aws/instance-size", operator = "In", values = ["large", "xlarge"] },
          ]
        }
      }
    }
  }
}
