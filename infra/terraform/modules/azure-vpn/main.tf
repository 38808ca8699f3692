# The dear alternative to ../azure-wireguard: Azure's VPN gateway to AWS' managed VPN (../aws-vpn).

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

resource "azurerm_public_ip" "this" {
  name                = "${var.name}-vpn"
  location            = var.location
  resource_group_name = var.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = var.tags
}

resource "azurerm_virtual_network_gateway" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
  type                = "Vpn"
  vpn_type            = "RouteBased"
  sku                 = var.sku
  active_active       = false
  tags                = var.tags
  ip_configuration {
    name                 = "gateway"
    subnet_id            = var.subnet_id
    public_ip_address_id = azurerm_public_ip.this.id
  }
}

resource "azurerm_local_network_gateway" "peer" {
  for_each            = { for i, address in var.peer_addresses : tostring(i) => address }
  name                = "${var.name}-peer-${each.key}"
  location            = var.location
  resource_group_name = var.resource_group_name
  gateway_address     = each.value
  address_space       = var.peer_cidrs
  tags                = var.tags
}

# The pre-shared keys are AWS' (Secrets Manager). They are set with `az network vpn-connection shared-key update`, so that
# they stand in no state; what Azure makes up for a new connection opens nothing.
resource "azurerm_virtual_network_gateway_connection" "peer" {
  for_each                   = azurerm_local_network_gateway.peer
  name                       = "${var.name}-${each.key}"
  location                   = var.location
  resource_group_name        = var.resource_group_name
  type                       = "IPsec"
  virtual_network_gateway_id = azurerm_virtual_network_gateway.this.id
  local_network_gateway_id   = each.value.id
  connection_protocol        = "IKEv2"
  dpd_timeout_seconds        = 30
  tags                       = var.tags
  ipsec_policy {
    dh_group         = "DHGroup14"
    ike_encryption   = "AES256"
    ike_integrity    = "SHA256"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "PFS14"
  }
  lifecycle {
    ignore_changes = [shared_key]
  }
}
