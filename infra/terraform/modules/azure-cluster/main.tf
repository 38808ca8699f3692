# AKS: two small steady nodes for the system and the store, a spot pool for the silos, workload identity, Azure AD only.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${var.name}-control-plane"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

# The control plane puts load balancers and pods into our subnets.
resource "azurerm_role_assignment" "network" {
  scope                = var.network_id
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}

# Nodes pull images by an identity of ours, so that its right is given before the first node starts.
resource "azurerm_user_assigned_identity" "kubelet" {
  name                = "${var.name}-kubelet"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_role_assignment" "kubelet" {
  scope                = azurerm_user_assigned_identity.kubelet.id
  role_definition_name = "Managed Identity Operator"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_kubernetes_cluster" "this" {
  name                              = var.name
  location                          = var.location
  resource_group_name               = var.resource_group_name
  dns_prefix                        = var.name
  kubernetes_version                = var.kubernetes_version
  sku_tier                          = var.sku_tier
  support_plan                      = "KubernetesOfficial"
  automatic_upgrade_channel         = "patch"
  node_os_upgrade_channel           = "NodeImage"
  local_account_disabled            = true # no credentials in the state: kubeconfig asks Azure AD
  role_based_access_control_enabled = true
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true
  azure_policy_enabled              = false # Gatekeeper comes by Flux, with our own templates
  private_cluster_enabled           = var.private_cluster
  run_command_enabled               = false
  image_cleaner_enabled             = true
  image_cleaner_interval_hours      = 168
  cost_analysis_enabled             = var.sku_tier != "Free" # needs Standard
  tags                              = var.tags

  default_node_pool {
    name                         = "system"
    vm_size                      = var.system_vm_size
    node_count                   = var.system_nodes
    vnet_subnet_id               = var.node_subnet_id
    pod_subnet_id                = var.pod_subnet_id
    os_disk_size_gb              = 30
    os_disk_type                 = "Managed"
    os_sku                       = "AzureLinux"
    max_pods                     = 60
    only_critical_addons_enabled = false # the store runs here too
    temporary_name_for_rotation  = "systemtmp"
    node_labels                  = { "outback-uptime/pool" = "steady" }
    tags                         = var.tags
    upgrade_settings {
      max_surge                = "1"
      drain_timeout_in_minutes = 10
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  kubelet_identity {
    client_id                 = azurerm_user_assigned_identity.kubelet.client_id
    object_id                 = azurerm_user_assigned_identity.kubelet.principal_id
    user_assigned_identity_id = azurerm_user_assigned_identity.kubelet.id
  }

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled     = true
    admin_group_object_ids = var.admin_group_object_ids
  }

  dynamic "api_server_access_profile" {
    for_each = var.private_cluster ? [] : [1]
    content {
      authorized_ip_ranges = var.authorized_ip_ranges
    }
  }

  network_profile {
    network_plugin     = "azure"
    network_policy     = "cilium"
    network_data_plane = "cilium"
    service_cidr       = var.service_cidr
    dns_service_ip     = cidrhost(var.service_cidr, 10)
    outbound_type      = "userAssignedNATGateway"
    load_balancer_sku  = "standard"
  }

  storage_profile {
    blob_driver_enabled         = false
    disk_driver_enabled         = true
    file_driver_enabled         = false
    snapshot_controller_enabled = true
  }

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    duration    = 4
    day_of_week = "Tuesday" # Sydney's nodes are replaced on other days
    start_time  = "01:00"
    utc_offset  = "+10:00"
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    duration    = 4
    day_of_week = "Wednesday"
    start_time  = "01:00"
    utc_offset  = "+10:00"
  }

  lifecycle {
    ignore_changes = [kubernetes_version] # the patch channel moves it
  }

  depends_on = [azurerm_role_assignment.network, azurerm_role_assignment.kubelet]
}

resource "azurerm_kubernetes_cluster_node_pool" "spot" {
  name                  = "spot"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  vm_size               = var.spot_vm_size
  priority              = "Spot"
  eviction_policy       = "Delete"
  spot_max_price        = var.spot_max_price
  auto_scaling_enabled  = true
  min_count             = var.spot_min
  max_count             = var.spot_max
  vnet_subnet_id        = var.node_subnet_id
  pod_subnet_id         = var.pod_subnet_id
  os_disk_size_gb       = 30
  os_disk_type          = "Managed"
  os_sku                = "AzureLinux"
  max_pods              = 60
  node_labels           = { "outback-uptime/pool" = "spot", "kubernetes.azure.com/scalesetpriority" = "spot" }
  # AKS sets this taint on spot pools by itself; silos tolerate it.
  node_taints = ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]
  tags        = var.tags
}
