using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Api;

/// <summary>Limits of the API (section `Api`).</summary>
internal sealed class ApiOptions
{
    /// <summary>Folder with the reports of drills (`drill … --report`), shown in the console; empty (default): none.</summary>
    public string DrillsFolder { get; set; } = "";

    /// <summary>Exports and deletions at once on this silo; more are answered 429. Default 1: they read all of a station.</summary>
    [Range(1, 16)]
    public int MaxLongRequests { get; set; } = 1;

    /// <summary>How long a plan of a deletion may wait for its confirmation. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ConfirmationLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often live pages get an overview. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:01:00")]
    public TimeSpan OverviewInterval { get; set; } = TimeSpan.FromSeconds(2);
}
