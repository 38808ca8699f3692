namespace OutbackUptime.Domain.Uptime;

/// <summary>What is known of a station's gateway, and of the regions.</summary>
internal sealed class StationEvidence(UptimeOptions options)
{
    public static readonly PointSearch.Mask<StationMinute> Points = static (in m) => m.Points;
    public static readonly PointSearch.Mask<StationMinute> Boots = static (in m) => m.Boot;
    public static readonly PointSearch.Mask<StationMinute> Beats = static (in m) => m.Beat;
    public static readonly PointSearch.Mask<StationMinute> Heartbeats = static (in m) => m.Heartbeat;

    /// <summary>Heartbeats that came too late, at times of which nothing came in time.</summary>
    public static readonly PointSearch.Mask<StationMinute> LateHeartbeats = static (in m) => (byte)((m.LinkUp | m.LinkDown) & ~m.InTime);

    public MinuteBook<StationMinute> Book { get; } = new();

    public BatteryTrend Battery { get; } = new(options);

    /// <summary>The first and last slot in which the gateway lived, also where that is no longer in the book.</summary>
    public long FirstPoint { get; private set; } = long.MaxValue;

    /// <inheritdoc cref="FirstPoint"/>
    public long LastPoint { get; private set; } = long.MinValue;

    /// <summary>The first beat ever; before it nothing is concluded from there being none.</summary>
    public long FirstBeat { get; private set; } = long.MaxValue;

    /// <summary>Whether this gateway sends heartbeats.</summary>
    public bool HasHeartbeats { get; private set; }

    /// <summary>Something of the gateway. True when that was news.</summary>
    public bool AddPoint(long slot, bool inTime)
    {
        ref var minute = ref Book.At(Slots.MinuteOf(slot));
        ref var bits = ref inTime ? ref minute.InTime : ref minute.Late;
        HeardAt(slot);
        return Set(ref bits, slot);
    }

    public bool AddHeartbeat(GatewayHeartbeat heartbeat, long slot, long bootSlot, bool inTime, long firstSlot)
    {
        var news = AddPoint(slot, inTime);
        HasHeartbeats = true;
        ref var minute = ref Book.At(Slots.MinuteOf(slot));
        news |= Set(ref minute.Heartbeat, slot);
        if (!inTime)
        {
            ref var link = ref heartbeat.LinkUp ? ref minute.LinkUp : ref minute.LinkDown;
            news |= Set(ref link, slot);
        }

        if (bootSlot >= firstSlot)
        {
            news |= Set(ref Book.At(Slots.MinuteOf(bootSlot)).Boot, bootSlot);
        }

        if (heartbeat.BatteryVolts is { } volts && double.IsFinite(volts))
        {
            Battery.Add(slot, volts);
        }

        return news;
    }

    public bool AddBeat(long slot)
    {
        FirstBeat = Math.Min(FirstBeat, slot);
        return Set(ref Book.At(Slots.MinuteOf(slot)).Beat, slot);
    }

    /// <summary>The gateway lived some time before: an earlier judge had a verdict on a hub.</summary>
    public void HeardBefore(long slot) => FirstPoint = Math.Min(FirstPoint, slot);

    private void HeardAt(long slot) => (FirstPoint, LastPoint) = (Math.Min(FirstPoint, slot), Math.Max(LastPoint, slot));

    private static bool Set(ref byte bits, long slot)
    {
        var bit = Slots.Bit(slot);
        var news = (bits & bit) == 0;
        bits |= bit;
        return news;
    }
}
