using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Hours older than the evidence kept, of which something came: a long outage's backlog. At most <see cref="MaxRanges"/> stretches;
/// one more melts the two oldest into one, so that no hour is missed.
/// </summary>
internal sealed class PastHours
{
    public const int MaxRanges = 256;
    private const int HoursAtOnce = 6;
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);
    private readonly OffsetRangeSet _hours = new();
    private DateTimeOffset _firstNews;
    private DateTimeOffset _lastNews;

    public void Add(DateTimeOffset at, DateTimeOffset now)
    {
        if (_hours.Count == 0)
        {
            _firstNews = now;
        }

        _lastNews = _lastNews > now ? _lastNews : now;
        var hour = Slots.FloorDivide(Slots.MinuteOf(at), 60);
        _hours.Add(new OffsetRange(hour, hour));
        if (_hours.Ranges.Count > MaxRanges)
        {
            _hours.Add(new OffsetRange(_hours.Ranges[0].First, _hours.Ranges[1].Last));
        }
    }

    /// <summary>The oldest hours, if nothing more comes for now.</summary>
    public MinuteRange? Take(DateTimeOffset now)
    {
        if (_hours.Count == 0 || (now - _lastNews < s_quiet && now - _firstNews < s_longest))
        {
            return null;
        }

        var oldest = _hours.Ranges[0];
        var taken = new OffsetRange(oldest.First, Math.Min(oldest.Last, oldest.First + HoursAtOnce - 1));
        _hours.Remove(taken);
        return new MinuteRange(Slots.MinuteStart(taken.First * 60), Slots.MinuteStart((taken.Last + 1) * 60));
    }
}
