using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Report;

/// <summary>Joins packets, given in order of boot and seq, into the fewest ranges that hold nothing else.</summary>
internal sealed class RangeList
{
    /// <summary>Ranges kept; counts go on beyond it.</summary>
    public const int MaxRanges = 100_000;

    private readonly List<LedgerRange> _ranges = [];

    public long Packets { get; private set; }

    public IReadOnlyList<LedgerRange> Ranges => _ranges;

    public void Add(HubBook hub, ulong boot, ulong seq, string store, string cause)
    {
        Packets++;
        long? bootOrNone = boot == BookEntry.NoBoot ? null : (long)boot;
        var number = (long)seq;
        // The same seq may come twice where the boot is not known.
        if (_ranges.Count > 0 && _ranges[^1] is var last && last.Station == hub.Station && last.Hub == hub.Hub && last.Boot == bootOrNone && last.Store == store
            && last.Cause == cause && (last.To + 1 == number || last.To == number))
        {
            _ranges[^1] = last with { To = number, Packets = last.Packets + 1 };
        }
        else if (_ranges.Count < MaxRanges)
        {
            _ranges.Add(new LedgerRange(hub.Station, hub.Hub, bootOrNone, number, number, 1, store, cause));
        }
    }

    /// <summary>Adds packets that have no number.</summary>
    public void AddUnnumbered(HubBook hub, long packets, string store, string cause)
    {
        Packets += packets;
        if (packets > 0 && _ranges.Count < MaxRanges)
        {
            _ranges.Add(new LedgerRange(hub.Station, hub.Hub, null, null, null, packets, store, cause));
        }
    }
}
