using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>The hubs' front door (section `Mqtt`).</summary>
public sealed class MqttOptions
{
    /// <summary>IP address to listen on. Default all.</summary>
    [Required]
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>Port. Default 8883 (MQTT over TLS).</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>The gateway's certificate for hubs (PEM).</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Its private key (PEM).</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>
    /// The hubs' own CA (PEM). With it a hub may show a client certificate of that CA, whose common name is the hub's id, instead of
    /// a password. Empty (default): passwords only.
    /// </summary>
    public string ClientCaPath { get; set; } = "";

    /// <summary>The hubs' credentials, hubs.json; read again when it changes.</summary>
    [Required(ErrorMessage = "Mqtt:HubsFile is missing: the file with the hubs' credentials (hubs.json)")]
    public string HubsFile { get; set; } = "";

    /// <summary>True: no TLS on `Port`, on whatever address. Passwords then cross the network in the clear.</summary>
    public bool Plaintext { get; set; }

    /// <summary>A second, plaintext port on 127.0.0.1, for programs on the gateway itself; 0 (default) for none.</summary>
    [Range(0, 65535)]
    public int PlaintextPort { get; set; }

    /// <summary>Longest keep-alive that a hub may ask for; 0 (never) is refused, since a dead hub would stay connected. Default 1 h.</summary>
    public TimeSpan MaxKeepAlive { get; set; } = TimeSpan.FromHours(1);
}
