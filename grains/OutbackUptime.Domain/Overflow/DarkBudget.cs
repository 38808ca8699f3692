namespace OutbackUptime.Domain.Overflow;

/// <summary>
/// How long the journal would last without any region. Learns the rate from the last day: an hour's counts each, 25 at most.
/// Not thread-safe.
/// </summary>
/// <param name="entryOverhead">Bytes that an entry takes beside its payload, until the journal holds enough to tell.</param>
public sealed class DarkBudget(int entryOverhead)
{
    /// <summary>Entries from which the journal itself tells how large one is.</summary>
    public const long EnoughEntries = 1_000;

    private const int Hours = 24;
    private static readonly TimeSpan s_enoughTime = TimeSpan.FromMinutes(5);
    private readonly SortedDictionary<long, HourCount> _hours = [];
    private DateTimeOffset? _since;

    /// <summary>The closed hours and the current one, oldest first.</summary>
    public IReadOnlyList<HourCount> Counts => [.. _hours.Values];

    /// <summary>Goes on from counts of an earlier process.</summary>
    public void Restore(IEnumerable<HourCount> counts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(counts);
        foreach (var count in counts.Where(c => c.Hour >= HourOf(now) - Hours && c.Hour <= HourOf(now)))
        {
            _hours[count.Hour] = count;
        }

        if (_hours.Count > 0)
        {
            _since = DateTimeOffset.UnixEpoch.AddHours(_hours.Keys.First());
        }
    }

    /// <summary>Entries were journaled. Returns the hour that this closed, if it did.</summary>
    public HourCount? OnAppended(DateTimeOffset now, long entries, long bytes)
    {
        var hour = HourOf(now);
        HourCount? closed = _hours.Count > 0 && _hours.Values.Last() is var last && last.Hour < hour ? last : null;
        var count = _hours.GetValueOrDefault(hour, new HourCount(hour, 0, 0));
        _hours[hour] = count with { Entries = count.Entries + entries, Bytes = count.Bytes + bytes };
        // A clock that was set back or forth: what lies a day before, or ahead, says nothing any more.
        foreach (var old in _hours.Keys.Where(h => h < hour - Hours || h > hour).ToArray())
        {
            _hours.Remove(old);
        }

        _since = _since is { } since && since <= now ? since : now;
        return closed;
    }

    /// <summary>Entries a day at the last day's rate; null before there are five minutes to judge by.</summary>
    public double? EntriesPerDay(DateTimeOffset now) => Span(now) is { } span ? Within(now).Sum(h => h.Entries) / span.TotalDays : null;

    /// <summary>Days that <paramref name="freeBytes"/> last; null when the rate is not known, infinite when nothing comes in.</summary>
    /// <param name="now">The time.</param>
    /// <param name="freeBytes">Bytes until the overflow policy begins to give up entries; not negative.</param>
    /// <param name="usedBytes">Bytes in use.</param>
    /// <param name="entries">Entries that they hold.</param>
    public double? DaysLeft(DateTimeOffset now, long freeBytes, long usedBytes, long entries)
    {
        if (EntriesPerDay(now) is not { } perDay)
        {
            return null;
        }

        var (counted, bytes) = (Within(now).Sum(h => h.Entries), Within(now).Sum(h => h.Bytes));
        var each = entries >= EnoughEntries ? (double)usedBytes / entries : counted > 0 ? ((double)bytes / counted) + entryOverhead : entryOverhead;
        return perDay > 0 ? Math.Max(0, freeBytes) / (perDay * each) : double.PositiveInfinity;
    }

    private static long HourOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);

    private TimeSpan? Span(DateTimeOffset now)
    {
        var from = DateTimeOffset.UnixEpoch.AddHours(HourOf(now) - Hours);
        return _since is not { } since ? null
            : since > from ? (now - since >= s_enoughTime ? now - since : null)
            : now - from;
    }

    private IEnumerable<HourCount> Within(DateTimeOffset now) => _hours.Values.Where(h => h.Hour >= HourOf(now) - Hours && h.Hour <= HourOf(now));
}
