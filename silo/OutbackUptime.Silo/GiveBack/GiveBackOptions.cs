using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.GiveBack;

/// <summary>Moving stations home and away (section `GiveBack`).</summary>
internal sealed class GiveBackOptions
{
    /// <summary>How long a station's home region must have had an active silo before the station is given back. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time that a stopping silo takes to move its stations away. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Stations moved at once. Default 16.</summary>
    [Range(1, 1024)]
    public int Parallelism { get; set; } = 16;
}
