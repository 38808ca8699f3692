# The network of Melbourne: nodes and pods with addresses of their own (Azure CNI with pod subnet), so that the silos of
# both clouds can call each other without NAT. Australia Southeast has no availability zones: a region is one failure domain.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_virtual_network" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
  address_space       = [var.network_cidr, var.pod_cidr]
  tags                = var.tags
}

locals {
  nodes   = cidrsubnet(var.network_cidr, 4, 0)    # /20
  gateway = cidrsubnet(var.network_cidr, 8, 48)   # /24: the WireGuard gateway
  vpn     = cidrsubnet(var.network_cidr, 11, 392) # /27 behind it: Azure wants a subnet of this name for its VPN gateway
}

resource "azurerm_subnet" "nodes" {
  name                            = "nodes"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [local.nodes]
  default_outbound_access_enabled = false
  # The storage accounts let these subnets in by their identity, across regions too (the witness is in another one).
  service_endpoints = ["Microsoft.Storage.Global", "Microsoft.KeyVault"]
}

resource "azurerm_subnet" "pods" {
  name                            = "pods"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [var.pod_cidr]
  default_outbound_access_enabled = false
  service_endpoints               = ["Microsoft.Storage.Global", "Microsoft.KeyVault"]
  delegation {
    name = "aks"
    service_delegation {
      name    = "Microsoft.ContainerService/managedClusters"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_subnet" "gateway" {
  name                            = "gateway"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [local.gateway]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet" "vpn" {
  count                = var.vpn_gateway ? 1 : 0
  name                 = "GatewaySubnet"
  resource_group_name  = var.resource_group_name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [local.vpn]
}

resource "azurerm_public_ip" "nat" {
  name                = "${var.name}-nat"
  location            = var.location
  resource_group_name = var.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = var.tags
}

resource "azurerm_nat_gateway" "this" {
  name                    = var.name
  location                = var.location
  resource_group_name     = var.resource_group_name
  sku_name                = "Standard"
  idle_timeout_in_minutes = 10
  tags                    = var.tags
}

resource "azurerm_nat_gateway_public_ip_association" "this" {
  nat_gateway_id       = azurerm_nat_gateway.this.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "this" {
  for_each       = { nodes = azurerm_subnet.nodes.id, pods = azurerm_subnet.pods.id }
  subnet_id      = each.value
  nat_gateway_id = azurerm_nat_gateway.this.id
}

# Routes to the other cloud; empty until a gateway is there to take them.
resource "azurerm_route_table" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_subnet_route_table_association" "this" {
  for_each       = { nodes = azurerm_subnet.nodes.id, pods = azurerm_subnet.pods.id }
  subnet_id      = each.value
  route_table_id = azurerm_route_table.this.id
}

# What may come in: the uplink from everywhere (mTLS is its door), the peer's silos to silos and store, and what Azure's load
# balancer asks for. A network security group without these rules would let the whole network (the peer's included) in.
resource "azurerm_network_security_group" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags

  security_rule {
    name                       = "uplink"
    description                = "Gateways of the stations: uplink and Skupper, each with its own mTLS"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = var.public_ports
  }

  dynamic "security_rule" {
    for_each = length(var.peer_cidrs) > 0 ? [1] : []
    content {
      name                       = "peer"
      description                = "Silos and stores of the other region"
      priority                   = 110
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Tcp"
      source_address_prefixes    = var.peer_cidrs
      source_port_range          = "*"
      destination_address_prefix = "*"
      destination_port_ranges    = var.peer_ports
    }
  }

  dynamic "security_rule" {
    for_each = length(var.peer_cidrs) > 0 ? [1] : []
    content {
      name                       = "nothing-else-of-the-peer"
      description                = "The rule of Azure's that allows the virtual network includes routed ranges"
      priority                   = 120
      direction                  = "Inbound"
      access                     = "Deny"
      protocol                   = "*"
      source_address_prefixes    = var.peer_cidrs
      source_port_range          = "*"
      destination_address_prefix = "*"
      destination_port_range     = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "this" {
  for_each                  = { nodes = azurerm_subnet.nodes.id, pods = azurerm_subnet.pods.id }
  subnet_id                 = each.value
  network_security_group_id = azurerm_network_security_group.this.id
}
