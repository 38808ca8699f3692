# Melbourne's end of the tunnel, see ../aws-wireguard.

terraform {
  required_version = ">= 1.7"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

module "start_up" {
  source         = "../wireguard"
  cloud          = "azure"
  tunnel_address = var.tunnel_address
  peer_cidrs     = var.peer_cidrs
  here_cidrs     = var.here_cidrs
}

resource "azurerm_public_ip" "this" {
  name                = "${var.name}-wireguard"
  location            = var.location
  resource_group_name = var.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = var.tags
}

resource "azurerm_network_security_group" "this" {
  name                = "${var.name}-wireguard"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags

  # Until the peer's address is known nothing comes in from outside.
  dynamic "security_rule" {
    for_each = var.peer_address == "" ? [] : [1]
    content {
      name                       = "peer"
      description                = "WireGuard of the other region"
      priority                   = 100
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Udp"
      source_address_prefix      = "${var.peer_address}/32"
      source_port_range          = "*"
      destination_address_prefix = "*"
      destination_port_range     = "51820"
    }
  }
}

resource "azurerm_network_interface" "this" {
  name                  = "${var.name}-wireguard"
  location              = var.location
  resource_group_name   = var.resource_group_name
  ip_forwarding_enabled = true
  tags                  = var.tags
  ip_configuration {
    name                          = "gateway"
    subnet_id                     = var.subnet_id
    private_ip_address_allocation = "Static"
    private_ip_address            = var.private_address
    public_ip_address_id          = azurerm_public_ip.this.id
  }
}

resource "azurerm_network_interface_security_group_association" "this" {
  network_interface_id      = azurerm_network_interface.this.id
  network_security_group_id = azurerm_network_security_group.this.id
}

resource "azurerm_linux_virtual_machine" "this" {
  name                            = "${var.name}-wireguard"
  location                        = var.location
  resource_group_name             = var.resource_group_name
  size                            = var.vm_size
  admin_username                  = "gateway"
  disable_password_authentication = true
  custom_data                     = base64encode(module.start_up.cloud_init)
  network_interface_ids           = [azurerm_network_interface.this.id]
  patch_mode                      = "AutomaticByPlatform"
  patch_assessment_mode           = "AutomaticByPlatform"
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  tags                            = merge(var.tags, { wireguard-peer-key = var.peer_key, wireguard-peer-address = var.peer_address })

  # Azure wants a key; no port is open for it. Whoever has its private half needs the serial console to use it.
  admin_ssh_key {
    username   = "gateway"
    public_key = var.admin_ssh_key
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS" # encrypted at rest by Azure
    disk_size_gb         = 32
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  boot_diagnostics {} # the serial console, where the public key is printed

  lifecycle {
    ignore_changes = [source_image_reference] # a new image is a new key: replace by hand
  }

  depends_on = [azurerm_network_interface_security_group_association.this]
}

resource "azurerm_route" "peer" {
  for_each               = { for i, cidr in var.peer_cidrs : cidr => i }
  name                   = "peer-${each.value}"
  resource_group_name    = var.resource_group_name
  route_table_name       = var.route_table_name
  address_prefix         = each.key
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = var.private_address
}
