using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Grains.Stations;

/// <summary>Limits of a station's grain. All times are below the cluster's response timeout (5 s).</summary>
public sealed class StationOptions
{
    /// <summary>Region of this silo, e.g. `syd`: an activation here of a station whose home is elsewhere is a takeover.</summary>
    [Required]
    public string Region { get; set; } = "";

    /// <summary>Seqs remembered per hub, boot and region; what lies further back is written again and collapsed by the store. Default 1,024.</summary>
    [Range(16, 65536)]
    public int WindowCapacity { get; set; } = 1024;

    /// <summary>Boots remembered per hub. Default 4.</summary>
    [Range(1, 64)]
    public int BootsPerHub { get; set; } = 4;

    /// <summary>Hubs remembered per station; beyond it the least recently heard is forgotten. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int HubsPerStation { get; set; } = 2000;

    /// <summary>How long the other regions are waited for once the first has committed. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long Ingest waits for the first commit before it answers that all is pending. Default 1.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:04")]
    public TimeSpan FirstCommitLimit { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long Settle waits before it answers that regions are still pending. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:04.500")]
    public TimeSpan SettleLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>After how long a write without an answer is given up as unknown, so that its packets may be written again. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WriteLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long each store may take for the recovery of the windows; then they start empty. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:04")]
    public TimeSpan RecoveryLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a deactivation waits for writes under way. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Frames of a station that are not settled at once; beyond it frames are answered with nothing committed. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxFrames { get; set; } = 256;
}
