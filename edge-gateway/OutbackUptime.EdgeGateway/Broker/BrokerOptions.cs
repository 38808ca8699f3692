using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>
/// An MQTT 5 broker that hubs publish to already, such as Mosquitto or EMQX (section `Broker`). Read docs/hub-formats.md on what
/// a broker's own persistence does not promise.
/// </summary>
public sealed class BrokerOptions
{
    /// <summary>True: the gateway subscribes to the broker, beside its own door. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>True: the gateway's own door (section `Mqtt`) stays shut, and hubs come by the broker alone. Default false.</summary>
    public bool Only { get; set; }

    /// <summary>The broker's name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Default 8883 (MQTT over TLS).</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>True: no TLS. Taken for loopback addresses, and elsewhere too: the network must then be trusted.</summary>
    public bool Plaintext { get; set; }

    /// <summary>The authority that signed the broker's certificate (PEM); empty (default) for the system's.</summary>
    public string CaPath { get; set; } = "";

    /// <summary>The gateway's certificate for the broker (PEM); empty (default) for none.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Its private key (PEM).</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>User name; empty (default) for none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>File that holds the password, so that no process list shows it; read anew for each connection.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>
    /// The session's name at the broker; empty (default) for `outback-{station}`. Two gateways must not share one, and one that
    /// changes leaves a session behind whose packets nobody fetches.
    /// </summary>
    public string ClientId { get; set; } = "";

    /// <summary>How long the broker shall keep the session while the gateway is away. Default 7 days; brokers may cap it.</summary>
    public TimeSpan SessionExpiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many packets may be without their acknowledgement at once (MQTT 5 Receive Maximum). Default 200; more fills the group commit better.</summary>
    [Range(1, 65535)]
    public int ReceiveMaximum { get; set; } = 200;

    /// <summary>Keep-alive. Default 30 s: a broker that is gone is noticed within 45 s.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause between two attempts to connect; they grow from 1 s, with jitter. Default 1 min.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromMinutes(1);
}
