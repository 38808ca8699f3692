using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>Health and status (section `Admin`). It has no authentication: loopback unless told otherwise.</summary>
public sealed class AdminOptions
{
    /// <summary>IP address to listen on. Default 127.0.0.1.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Default 9080.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 9080;
}
