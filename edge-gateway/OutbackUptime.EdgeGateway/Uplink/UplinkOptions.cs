using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>The uplink (section `Uplink`).</summary>
public sealed class UplinkOptions
{
    /// <summary>By region; every region of the system must be here, since an entry is kept until all have it.</summary>
    [Required]
    public Dictionary<string, UplinkRegionOptions> Regions { get; set; } = [];

    /// <summary>The gateway's certificate (PEM), whose SAN URI names its station.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Its private key (PEM).</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>The private CA's certificates (PEM): a region's certificate must come from it.</summary>
    public string CaPath { get; set; } = "";

    /// <summary>Allows `http://` endpoints that are not on loopback. Default false.</summary>
    public bool Plaintext { get; set; }

    /// <summary>Most frames in flight; a region may allow less. Default 16.</summary>
    [Range(1, 1024)]
    public int WindowFrames { get; set; } = 16;

    /// <summary>Frames of the window that only live packets may use. Default 9: more backlog in flight drains no faster, and live packets wait longer behind it.</summary>
    [Range(0, 1023)]
    public int LiveReserve { get; set; } = 9;

    /// <summary>Most entries in a frame. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int MaxFrameEntries { get; set; } = 1000;

    /// <summary>Most payload bytes in a frame (a first entry may pass it). Default 512 KiB.</summary>
    [Range(1024, 8 << 20)]
    public int MaxFrameBytes { get; set; } = 512 << 10;

    /// <summary>Pace of backlog, payload bytes per second; 0 (default) is as fast as the window allows.</summary>
    [Range(0, long.MaxValue)]
    public long BacklogBytesPerSecond { get; set; }

    /// <summary>
    /// Bytes that the link may carry in a calendar month (UTC), both ways, TLS included; 0 (default): not metered. Live packets always
    /// go; backlog waits until as much has accrued as was used (one day in advance). See docs/decisions/0013.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MonthlyBudgetBytes { get; set; }

    /// <summary>A packet of the gateway's own after so much idleness, to learn whether the region still commits; 0: none. Default 10 s.</summary>
    public TimeSpan CanaryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A packet of the gateway's own this often, whatever else happens: how it fares, and whether its link is up (docs/uptime.md);
    /// 0: none, and silences have no cause then. Default 30 s.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection must be welcomed within this; on a slow link, or after one that was not, within more. Default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most that <see cref="ConnectTimeout"/> grows to. Default 10 s.</summary>
    public TimeSpan LongestConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A frame must be answered within this while others are; on a slow link within up to six times as much. Default 10 s.</summary>
    public TimeSpan FrameTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection with frames in flight and no receipt at all for this long is left; on a slow link for four times what an answer
    /// usually takes, up to <see cref="FrameTimeout"/>. Default 3 s.
    /// </summary>
    public TimeSpan WedgeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A connection over which something is owed and nothing is committed for this long is left, whatever is answered. Default 15 s.</summary>
    public TimeSpan StandstillTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long home must have been healthy before the gateway goes back to it. Default 5 s.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often home is tried while away from it and home is well; a quarter more or less, at random. Default 1 s.</summary>
    public TimeSpan HomeProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What <see cref="HomeProbeInterval"/> grows to while home does not answer, doubling from trial to trial. Default 8 s.</summary>
    public TimeSpan LongestHomeProbeInterval { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>HTTP/2 ping after this silence. Default 10 s.</summary>
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(10);
}
