using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Ingest;

/// <summary>The endpoint that edge gateways speak to (section `Uplink`).</summary>
public sealed class UplinkOptions
{
    /// <summary>IP address to listen on. Default all.</summary>
    [Required]
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>Port. 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7443;

    /// <summary>PEM file of the server's certificate.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>PEM file of its private key.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>PEM file of the CA whose client certificates are believed; no other is.</summary>
    public string CaPath { get; set; } = "";

    /// <summary>True: no TLS, on whatever address; gateways can't prove who they are. Without certificates a loopback address needs no switch.</summary>
    public bool Plaintext { get; set; }

    /// <summary>Frames of a stream without their final receipt at once; a gateway that goes beyond it loses its stream. Default 16.</summary>
    [Range(1, 1024)]
    public int Credit { get; set; } = 16;

    /// <summary>Largest frame in bytes, unpacked. Default 4 MiB.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most entries in a frame. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int MaxFrameEntries { get; set; } = 1000;

    /// <summary>
    /// Entries of all gateways that are under way at once; larger frames wait their turn beyond it, those of live packets don't. Two
    /// INSERTs' worth, so that one can be filled while the other is written; of more than 20 gateways less, down to a fifth for 100
    /// and more. Default 40,000.
    /// </summary>
    [Range(1000, 10_000_000)]
    public int MaxEntriesUnderWay { get; set; } = 40_000;

    /// <summary>How often a gateway whose frame waits its turn is told so: it would else take the silence for a dead link. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:02")]
    public TimeSpan PatienceInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Streams at once on this silo; more are refused. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 1000;

    /// <summary>How long a new stream may take to say Hello. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan HelloLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the grain may take to answer for a frame; then its outcome is unknown and the gateway sends it again. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan IngestLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The same for a wait on regions that are late. Default 4.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan SettleLimit { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>How many such waits a frame gets. Default 12.</summary>
    [Range(1, 100)]
    public int MaxSettles { get; set; } = 12;

    /// <summary>Age at which a stream is asked to leave, so that gateways spread over new silos; up to a fifth is taken off by chance. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a stream lasts after its Farewell. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan FarewellGrace { get; set; } = TimeSpan.FromSeconds(5);
}
