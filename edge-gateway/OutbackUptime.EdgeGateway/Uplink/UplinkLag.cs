using System.Diagnostics.Metrics;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>How far regions are behind the journal, by the age of the oldest entry that each lacks.</summary>
internal sealed class UplinkLag(IUplinkJournal journal, TimeProvider time)
{
    /// <summary>A measurement per region; none while the journal can't be read.</summary>
    public IEnumerable<Measurement<double>> ByRegion() =>
        [.. Ages().Select(a => new Measurement<double>(a.Seconds, new KeyValuePair<string, object?>("region", a.Region)))];

    /// <summary>The largest of them.</summary>
    public IEnumerable<Measurement<double>> Oldest() => Ages() is [_, ..] ages ? [new(ages.Max(a => a.Seconds))] : [];

    private List<(string Region, double Seconds)> Ages()
    {
        try
        {
            var all = new OffsetRange(journal.FirstOffset, journal.NextOffset - 1);
            return [.. journal.Committed.Select(c => (c.Key, Age(all.Count > 0 ? [.. c.Value.MissingWithin(all)] : [])))];
        }
        catch (JournalException)
        {
            return [];
        }
    }

    private double Age(IReadOnlyList<OffsetRange> missing) =>
        missing.Count > 0 && journal.Read(missing, 1, 1) is [var oldest, ..] ? Math.Max(0, (time.GetUtcNow() - oldest.ReceivedAt).TotalSeconds) : 0;
}
