using System.Globalization;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// What a search of a journal's pages has found. Pages are searched in the order they lie in, and old versions of rows lie
/// beside new ones: of each fact the one is kept that can't be wrong.
/// </summary>
internal sealed class Findings
{
    /// <summary>A sequence that far above all offsets seen is damage, not evidence.</summary>
    private const long PlausibleStep = 1_000_000;

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Hub, int Slot), RecentRow> _recent = [];
    private readonly Dictionary<string, AssignedBoot> _assigned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OffsetRangeSet> _committed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _wrapped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClockOffset> _clocks = new(StringComparer.Ordinal);
    private long _sequence;
    private long _highest;
    private long _seen;

    /// <summary>Whether what is found now is of a commit that was synced. Else it may be used, but proves nothing.</summary>
    public bool IsProven { get; set; } = true;

    /// <summary>The station, if it can be told.</summary>
    public string? Station => _keys.GetValueOrDefault("station");

    /// <summary>The epoch, if it can be told.</summary>
    public Guid? Epoch => Guid.TryParse(_keys.GetValueOrDefault("epoch"), out var epoch) ? epoch : null;

    /// <summary>Entries from this offset on have a checksum; null when that can't be told.</summary>
    public long? CheckedFrom => long.TryParse(_keys.GetValueOrDefault("checked_from"), CultureInfo.InvariantCulture, out var from) ? from : null;

    /// <summary>No boot above this one was assigned to anybody.</summary>
    public long BootFloor { get; private set; }

    /// <summary>Offsets whose entries were deleted on purpose.</summary>
    public OffsetRangeSet Gone { get; } = new();

    /// <summary>Offsets of the entries found.</summary>
    public OffsetRangeSet Entries { get; } = new();

    /// <summary>The highest offset that anything speaks of.</summary>
    public long HighestSeen => Math.Max(_seen, HighestOffset);

    /// <summary>The highest offset that is known to have been given to an entry.</summary>
    public long HighestOffset => _sequence <= _highest + PlausibleStep ? Math.Max(_sequence, _highest) : _highest;

    /// <summary>The rings of recent packets.</summary>
    public IReadOnlyCollection<RecentRow> Recent => _recent.Values;

    /// <summary>The boots last assigned.</summary>
    public IReadOnlyDictionary<string, AssignedBoot> Assigned => _assigned;

    /// <summary>
    /// Hubs' own boots that wrapped. A hub that was assigned boots may be one whose row is lost: of it that is unknown, and the
    /// next boot it claims is not taken for its key, so that no key gets two payloads.
    /// </summary>
    public IReadOnlyDictionary<string, long> Wrapped
    {
        get
        {
            var wrapped = new Dictionary<string, long>(_wrapped, StringComparer.Ordinal);
            foreach (var hub in _assigned.Keys)
            {
                wrapped.TryAdd(hub, HubBoots.UnknownWrap);
            }

            return wrapped;
        }
    }

    /// <summary>Hubs' wrong clocks. An older offset that is found will do: it is learned again.</summary>
    public IReadOnlyDictionary<string, ClockOffset> Clocks => _clocks;

    /// <summary>What is known to be committed, per region.</summary>
    public IReadOnlyDictionary<string, OffsetRangeSet> Committed => _committed;

    /// <summary>Whether an entry may be without a checksum.</summary>
    public bool IsUnchecked(long offset) => CheckedFrom is not { } from || offset < from;

    public void AddKey(string key, string value)
    {
        _keys[key] = value;
        if (key == "boot_floor" && long.TryParse(value, CultureInfo.InvariantCulture, out var floor))
        {
            BootFloor = Math.Max(BootFloor, floor);
        }
    }

    public void AddCommitted(string region, OffsetRange range)
    {
        if (!_committed.TryGetValue(region, out var set))
        {
            _committed[region] = set = new OffsetRangeSet();
        }

        set.Add(range);
        See(range.Last);
    }

    public void AddGone(OffsetRange range)
    {
        Gone.Add(range);
        See(range.Last);
    }

    public void AddSequence(long sequence)
    {
        if (IsProven)
        {
            _sequence = Math.Max(_sequence, sequence);
        }
        else if (sequence <= _seen + PlausibleStep)
        {
            _seen = Math.Max(_seen, sequence);
        }
    }

    public void AddAssigned(string hub, AssignedBoot assigned)
    {
        var old = _assigned.GetValueOrDefault(hub, AssignedBoot.None);
        if (assigned.Boot >= old.Boot)
        {
            var highest = assigned.Boot == old.Boot ? Math.Max(assigned.Highest, old.Highest) : assigned.Highest;
            // Closed: nobody knows whether the ring is whole.
            _assigned[hub] = new AssignedBoot(assigned.Boot, highest, Open: false);
        }

        BootFloor = Math.Max(BootFloor, assigned.Boot);
    }

    /// <summary>Of two nobody knows which is the newer one.</summary>
    public void AddWrapped(string hub, long boot) => _wrapped[hub] = _wrapped.GetValueOrDefault(hub, boot) == boot ? boot : HubBoots.UnknownWrap;

    public void AddClock(string hub, ClockOffset clock) => _clocks[hub] = clock;

    public void AddRecent(RecentRow row)
    {
        if (!_recent.TryGetValue((row.Hub, row.Slot), out var old) || old.Offset <= row.Offset)
        {
            _recent[(row.Hub, row.Slot)] = row;
        }

        See(row.Offset);
    }

    /// <summary>An entry, and what it tells about its hub.</summary>
    public void AddEntry(JournalEntry entry)
    {
        Entries.Add(new OffsetRange(entry.Offset, entry.Offset));
        See(entry.Offset);
        if (entry.Kind == JournalEntryKind.Packet)
        {
            AddRecent(RecentRow.Of(entry));
            if (entry.BootAssigned)
            {
                AddAssigned(entry.Hub, new AssignedBoot(entry.Boot, entry.Seq, Open: false));
            }
        }
    }

    private void See(long offset)
    {
        _seen = Math.Max(_seen, offset);
        _highest = IsProven ? Math.Max(_highest, offset) : _highest;
    }
}
