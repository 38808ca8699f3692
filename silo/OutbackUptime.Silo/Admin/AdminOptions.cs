using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Admin;

/// <summary>Health, metrics, status and dashboard (section `Admin`). It has no authentication: loopback unless told otherwise.</summary>
internal sealed class AdminOptions
{
    /// <summary>IP address to listen on. Default 127.0.0.1; put an authenticating proxy before any other.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Default 9090.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 9090;
}
