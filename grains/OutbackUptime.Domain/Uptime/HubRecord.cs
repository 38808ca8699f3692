using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uptime;

/// <summary>What is kept of one hub.</summary>
internal sealed class HubRecord(string id, TimeSpan interval, long since)
{
    public static readonly PointSearch.Mask<HubMinute> Points = static (in m) => m.Points;
    public static readonly PointSearch.Mask<HubMinute> Gones = static (in m) => m.Gone;

    public string Id => id;

    /// <summary>The registry's interval.</summary>
    public TimeSpan Interval { get; set; } = interval;

    /// <summary>The minute since which the hub is registered, as far as this judge knows.</summary>
    public long Since { get; private set; } = since;

    public MinuteBook<HubMinute> Book { get; } = new();

    /// <summary>Minutes whose evidence changed since they were judged.</summary>
    public OffsetRangeSet Dirty { get; set; } = new();

    /// <summary>First and last slot in which it was heard, also where that is no longer in the book.</summary>
    public long FirstHeard { get; private set; } = long.MaxValue;

    /// <inheritdoc cref="FirstHeard"/>
    public long LastHeard { get; private set; } = long.MinValue;

    public DateTimeOffset? LastReceivedAt { get; private set; }

    public void AddPoint(DateTimeOffset receivedAt, bool inTime)
    {
        var slot = Slots.Of(receivedAt);
        ref var minute = ref Book.At(Slots.MinuteOf(slot));
        ref var bits = ref inTime ? ref minute.InTime : ref minute.Late;
        HeardAt(slot);
        LastReceivedAt = LastReceivedAt is { } last && last > receivedAt ? last : receivedAt;
        if ((bits & Slots.Bit(slot)) == 0)
        {
            bits |= Slots.Bit(slot);
            MarkDirty(slot);
        }
    }

    public void AddGone(long slot)
    {
        ref var minute = ref Book.At(Slots.MinuteOf(slot));
        if ((minute.Gone & Slots.Bit(slot)) == 0)
        {
            minute.Gone |= Slots.Bit(slot);
            MarkDirty(slot);
        }
    }

    /// <summary>It was heard then.</summary>
    public void HeardAt(long slot) => (FirstHeard, LastHeard) = (Math.Min(FirstHeard, slot), Math.Max(LastHeard, slot));

    /// <summary>An earlier judge had it among its hubs.</summary>
    public void RegisteredBy(long minute) => Since = Math.Min(Since, minute);

    /// <summary>It was heard some time before: an earlier judge had a verdict on it.</summary>
    public void HeardBefore(long slot) => FirstHeard = Math.Min(FirstHeard, slot);

    private void MarkDirty(long slot) => Dirty.Add(new OffsetRange(Slots.MinuteOf(slot), Slots.MinuteOf(slot)));
}
