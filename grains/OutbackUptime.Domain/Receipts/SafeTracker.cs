using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Receipts;

/// <summary>
/// Knows, for hubs that ask, up to which seq of a boot all that was journaled is committed in every region. It never says more than
/// is true (I4): where its memory does not reach (entries of before the question or a restart, or more than it may hold) it says
/// nothing until all of those have left the journal. A packet that comes late lowers the claim again. Not thread-safe.
/// </summary>
/// <param name="maxOpen">Most entries remembered per hub.</param>
/// <param name="maxBoots">Most boots remembered per hub.</param>
public sealed class SafeTracker(int maxOpen, int maxBoots)
{
    private readonly Dictionary<string, TrackedHub> _hubs = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (TrackedBoot Boot, long Seq)> _open = [];
    private readonly Dictionary<string, (long First, long Last)> _silenced = new(StringComparer.Ordinal);
    private long _firstKept;
    private bool _evicted;

    /// <summary>Entries remembered.</summary>
    public int Count => _open.Count;

    /// <summary>Whether the hub has asked.</summary>
    public bool IsTracked(string hub) => _hubs.ContainsKey(hub);

    /// <summary>
    /// A hub asks. What was journaled up to <paramref name="journaledThrough"/> is not known here. Asking again changes nothing. One
    /// that asks after an eviction is told nothing: what was evicted may have been its own.
    /// </summary>
    public void Ask(string hub, long journaledThrough) => _hubs.TryAdd(hub, new TrackedHub(hub, _evicted ? long.MaxValue : journaledThrough));

    /// <summary>
    /// An earlier process gave up packets of a hub's boots before they were safe: of these boots nothing is claimed. An empty hub
    /// stands for any: of nobody that asks from now on anything is.
    /// </summary>
    public void Silence(string hub, long firstBoot, long lastBoot)
    {
        ArgumentNullException.ThrowIfNull(hub);
        _evicted |= hub.Length == 0;
        _silenced[hub] = (firstBoot, lastBoot);
    }

    /// <summary>The hub is gone for good.</summary>
    public void Forget(string hub)
    {
        if (_hubs.Remove(hub, out var tracked))
        {
            Drop(tracked.Boots);
        }
    }

    /// <summary>A packet was journaled. Returns the lower claim that takes an earlier one's place, if the packet came late.</summary>
    public SafeClaim? OnJournaled(string hub, long boot, long seq, long offset)
    {
        if (!_hubs.TryGetValue(hub, out var tracked))
        {
            return null;
        }

        if (tracked.OpenCount >= maxOpen)
        {
            // What is forgotten is not claimed: nothing is, until it has left the journal.
            tracked.Boots.ForEach(b => Drop(b.Open));
            tracked.BlindThrough = Math.Max(tracked.BlindThrough, offset);
        }

        var current = Find(tracked, boot, offset);
        current.Open.Add((seq, offset));
        _open[offset] = (current, seq);
        if (current.Claimed is not { } claimed || claimed < seq)
        {
            return null;
        }

        current.Claimed = seq - 1;
        return new SafeClaim(hub, boot, seq - 1);
    }

    /// <summary>Entries are committed in every region, and left the journal, whose first entry is now <paramref name="firstKept"/>. Returns what may be told now.</summary>
    public IReadOnlyList<SafeClaim> OnSafe(IReadOnlyList<OffsetRange> ranges, long firstKept)
    {
        foreach (var (offset, open) in Within(ranges))
        {
            _open.Remove(offset);
            open.Boot.OnSafe(open.Seq, offset);
        }

        _firstKept = Math.Max(_firstKept, firstKept);
        return [.. _hubs.Values.SelectMany(h => h.Boots).Select(Claim).OfType<SafeClaim>()];
    }

    /// <summary>Entries were given up without being safe: of their boots nothing is claimed any more.</summary>
    public void OnEvicted(IReadOnlyList<OffsetRange> ranges)
    {
        _evicted = true;
        foreach (var (_, open) in Within(ranges))
        {
            open.Boot.IsLost = true;
        }

        foreach (var hub in _hubs.Values.Where(h => _firstKept <= h.BlindThrough && ranges.Any(r => r.First <= h.BlindThrough)))
        {
            // It may have been one of its entries; nobody here can tell.
            hub.BlindThrough = long.MaxValue;
        }
    }

    /// <summary>What there is to tell about a boot that has not been told.</summary>
    private SafeClaim? Claim(TrackedBoot boot)
    {
        if (_firstKept <= boot.Hub.BlindThrough || boot.Claimable is not { } seq || seq == boot.Claimed || IsSilenced(boot))
        {
            return null;
        }

        boot.Claimed = seq;
        return new SafeClaim(boot.Hub.Name, boot.Number, seq);
    }

    private bool IsSilenced(TrackedBoot boot) =>
        _silenced.TryGetValue(boot.Hub.Name, out var boots) && boots.First <= boot.Number && boot.Number <= boots.Last;

    private TrackedBoot Find(TrackedHub hub, long number, long offset)
    {
        var boot = hub.Boots.Find(b => b.Number == number);
        if (boot is not null)
        {
            hub.Boots.Remove(boot);
        }
        else
        {
            boot = new TrackedBoot(hub, number);
            if (hub.Boots.Count >= maxBoots)
            {
                if (hub.Boots[0].Open.Count > 0 || hub.Boots[0].IsLost)
                {
                    hub.BlindThrough = Math.Max(hub.BlindThrough, hub.Boots[0].IsLost ? long.MaxValue : offset);
                }

                Drop([hub.Boots[0]]);
                hub.Boots.RemoveAt(0);
            }
        }

        hub.Boots.Add(boot);
        return boot;
    }

    private IEnumerable<(long Offset, (TrackedBoot Boot, long Seq) Open)> Within(IReadOnlyList<OffsetRange> ranges)
    {
        foreach (var range in ranges)
        {
            // Whichever is less: ranges may span a backlog, and the memory is bounded.
            var offsets = range.Count <= _open.Count ? Enumerate(range) : [.. _open.Keys.Where(o => o >= range.First && o <= range.Last)];
            foreach (var offset in offsets)
            {
                if (_open.TryGetValue(offset, out var open))
                {
                    yield return (offset, open);
                }
            }
        }
    }

    private static IEnumerable<long> Enumerate(OffsetRange range)
    {
        for (var offset = range.First; offset <= range.Last; offset++)
        {
            yield return offset;
        }
    }

    private void Drop(IEnumerable<TrackedBoot> boots)
    {
        foreach (var boot in boots)
        {
            Drop(boot.Open);
        }
    }

    private void Drop(SortedSet<(long Seq, long Offset)> open)
    {
        foreach (var (_, offset) in open)
        {
            _open.Remove(offset);
        }

        open.Clear();
    }
}
