using OutbackUptime.Domain.Sequences;

namespace OutbackUptime.Domain.Dedupe;

/// <summary>
/// Dedupe of one station against one region's store. Remembers what the store has committed (recorded only afterwards,
/// so that it never claims more than the store holds: I4) and what is being written (so that a doubled frame waits for
/// the write instead of writing twice). Not thread-safe.
/// </summary>
public sealed class RegionDedupe
{
    private readonly DedupeLimits _limits;
    private readonly RecentlyUsed<string, RecentlyUsed<long, SequenceWindow>> _hubs;
    private readonly Dictionary<PacketKey, (ulong Hash, long WriteId)> _inFlight = [];
    private readonly Dictionary<long, List<DedupeEntry>> _writes = [];
    private long _lastWriteId;

    /// <summary>Starts with no memory.</summary>
    public RegionDedupe(DedupeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _hubs = new RecentlyUsed<string, RecentlyUsed<long, SequenceWindow>>(limits.Hubs);
    }

    /// <summary>How many hubs it remembers.</summary>
    public int HubCount => _hubs.Count;

    /// <summary>How many packets are being written.</summary>
    public int InFlightCount => _inFlight.Count;

    /// <summary>Takes in what the store is known to hold (recovery). Pass older packets first.</summary>
    public void Recover(IEnumerable<DedupeEntry> committed)
    {
        ArgumentNullException.ThrowIfNull(committed);
        foreach (var entry in committed)
        {
            Record(entry);
        }
    }

    /// <summary>Decides about a frame's entries and counts those to be written as under way until <see cref="Complete"/>.</summary>
    public DedupePlan Plan(IReadOnlyList<DedupeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var writeId = ++_lastWriteId;
        var own = new List<DedupeEntry>(entries.Count);
        var verdicts = new DedupeVerdict[entries.Count];
        HashSet<long> waitsFor = [];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = Judge(entries[i], out var heldBy);
            if (verdicts[i] == DedupeVerdict.Write)
            {
                own.Add(entries[i]);
                _inFlight.Add(entries[i].Key, (entries[i].Hash, writeId));
            }
            else if (verdicts[i] == DedupeVerdict.InFlight && heldBy != writeId)
            {
                waitsFor.Add(heldBy);
            }
        }

        _writes.Add(writeId, own);
        return new DedupePlan(writeId, verdicts, waitsFor);
    }

    /// <summary>Ends a plan's write. With <paramref name="committed"/> false nothing is known, and its packets may be written again.</summary>
    public void Complete(long writeId, bool committed)
    {
        if (!_writes.Remove(writeId, out var own))
        {
            throw new InvalidOperationException($"Write {writeId} is not under way.");
        }

        foreach (var entry in own)
        {
            _inFlight.Remove(entry.Key);
            if (committed)
            {
                Record(entry);
            }
        }
    }

    private DedupeVerdict Judge(DedupeEntry entry, out long heldBy)
    {
        heldBy = 0;
        if (_inFlight.TryGetValue(entry.Key, out var held))
        {
            heldBy = held.WriteId;
            return held.Hash == entry.Hash ? DedupeVerdict.InFlight : DedupeVerdict.Conflict;
        }

        if (!_hubs.TryPeek(entry.Key.Hub, out var boots) || !boots.TryPeek(entry.Key.Boot, out var window))
        {
            return DedupeVerdict.Write;
        }

        return window.Check(entry.Key.Seq, entry.Hash) switch
        {
            SequenceVerdict.Duplicate => DedupeVerdict.Committed,
            SequenceVerdict.Conflict => DedupeVerdict.Conflict,
            _ => DedupeVerdict.Write,
        };
    }

    private void Record(DedupeEntry entry) => _hubs
        .Use(entry.Key.Hub, () => new RecentlyUsed<long, SequenceWindow>(_limits.BootsPerHub))
        .Use(entry.Key.Boot, () => new SequenceWindow(_limits.WindowCapacity))
        .Record(entry.Key.Seq, entry.Hash);
}
