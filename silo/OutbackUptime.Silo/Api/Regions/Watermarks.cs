namespace OutbackUptime.Silo.Api.Regions;

/// <summary>How far things are safe.</summary>
/// <param name="ByStation">Per station; absent when not known.</param>
/// <param name="Note">Why they stand still; empty when they move.</param>
/// <param name="NewestByRegion">Receipt of the newest packet in each store.</param>
internal sealed record Watermarks(IReadOnlyDictionary<string, DateTimeOffset> ByStation, string Note, IReadOnlyDictionary<string, DateTimeOffset> NewestByRegion)
{
    /// <summary>Of all stations that sent something lately, the earliest.</summary>
    public DateTimeOffset? Overall(IEnumerable<string> stations)
    {
        var marks = stations.Select(s => ByStation.TryGetValue(s, out var mark) ? mark : (DateTimeOffset?)null).OfType<DateTimeOffset>().ToList();
        return marks.Count == 0 ? null : marks.Min();
    }
}
