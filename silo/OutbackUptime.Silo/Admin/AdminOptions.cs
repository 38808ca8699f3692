using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Admin;

/// <summary>Console, API, health, metrics, status and dashboard (section `Admin`). Everything but health checks needs a sign-in (section `SignIn`).</summary>
internal sealed class AdminOptions
{
    /// <summary>IP address to listen on. Default 127.0.0.1; it speaks plain HTTP: put a TLS proxy before any other (`SignIn:Proxies`).</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Default 9090.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 9090;
}
