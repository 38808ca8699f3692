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
    private readonly RecentlyUsed<string, HubWindows> _hubs;
    private readonly Dictionary<PacketKey, (ulong Hash, long WriteId)> _inFlight = [];
    private readonly Dictionary<long, IReadOnlyList<DedupeEntry>> _writes = [];
    private long _lastWriteId;
    private long _recorded;

    /// <summary>Starts with no memory.</summary>
    public RegionDedupe(DedupeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _hubs = new RecentlyUsed<string, HubWindows>(limits.Hubs);
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

    /// <summary>
    /// Decides about a frame's entries and counts those to be written as under way until <see cref="Complete"/>, until when the list must
    /// not be changed.
    /// </summary>
    public DedupePlan Plan(IReadOnlyList<DedupeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var writeId = ++_lastWriteId;
        // Nearly always all entries are new: then the caller's list is the write's, and nothing is copied.
        List<DedupeEntry>? some = null;
        var verdicts = new DedupeVerdict[entries.Count];
        HashSet<long> waitsFor = [];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = Judge(entries[i], out var heldBy);
            if (verdicts[i] == DedupeVerdict.Write)
            {
                some?.Add(entries[i]);
                _inFlight.Add(entries[i].Key, (entries[i].Hash, writeId));
            }
            else
            {
                some ??= [.. entries.Take(i)];
                if (verdicts[i] == DedupeVerdict.InFlight && heldBy != writeId)
                {
                    waitsFor.Add(heldBy);
                }
            }
        }

        _writes.Add(writeId, some ?? entries);
        return new DedupePlan(writeId, verdicts, waitsFor) { AllNew = some is null };
    }

    /// <summary>Ends a plan's write. With <paramref name="committed"/> false nothing is known, and its packets may be written again.</summary>
    public void Complete(long writeId, bool committed)
    {
        if (!_writes.Remove(writeId, out var own))
        {
            throw new InvalidOperationException($"Write {writeId} is not under way.");
        }

        for (var i = 0; i < own.Count; i++)
        {
            var entry = own[i];
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

        if (!_hubs.TryPeek(entry.Key.Hub, out var hub) || !hub.TryPeek(entry.Key.Boot, out var window))
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

    private void Record(DedupeEntry entry)
    {
        _hubs.Use(entry.Key.Hub, _limits, static l => new HubWindows(l)).Record(entry, ++_recorded);

        // Seldom enough that it costs nothing: a hub at rest keeps its full windows for one to two such spans.
        if (_recorded % _limits.RestsAfter == 0)
        {
            foreach (var hub in _hubs.Values.TakeWhile(h => h.LastRecorded <= _recorded - _limits.RestsAfter))
            {
                hub.Trim();
            }
        }
    }
}
