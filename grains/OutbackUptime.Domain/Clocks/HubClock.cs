namespace OutbackUptime.Domain.Clocks;

/// <summary>
/// One hub's clock. A clock that was never set (1970, 2012) or is far in the future still runs: within a boot, time minus
/// claim is one offset. Each packet bounds it from above, since it was measured before it was received, and before those
/// with a higher seq whose claims are plausible. The least bound is the offset; the packet that arrived fastest gave it. A
/// packet that was kept in the hub for hours then gets its own time instead of its receipt's.
/// </summary>
/// <remarks>
/// The least bound is that of <see href="https://www.rfc-editor.org/rfc/rfc5905#section-10">RFC 5905 section 10</see> (the
/// clock filter takes the sample of least delay). Bounded memory: a few numbers. What was journaled before an offset was
/// known keeps its receipt time.
/// </remarks>
public sealed class HubClock
{
    /// <summary>How long a packet may have waited in a hub. A repair that says longer is not believed.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(60);

    /// <summary>The slack of a quartz clock: the bound rises by this part of the hub's time, so that drift can't pull repairs ahead.</summary>
    public const double Drift = 100e-6;

    /// <summary>Packets in a row that are late by the same amount before they are taken for punctual ones under a clock that was set.</summary>
    public const int StepAfter = 5;

    private static readonly TimeSpan s_leastStep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_sameStep = TimeSpan.FromSeconds(2);
    private (long Boot, long Seq, DateTimeOffset Claim)? _good;
    private (int Count, TimeSpan Excess) _late;

    /// <summary>A hub never seen before, or as it was left.</summary>
    public HubClock(ClockOffset? learned = null) => Learned = learned;

    /// <summary>The offset of the last boot whose claims were wrong.</summary>
    public ClockOffset? Learned { get; private set; }

    /// <summary>Takes a packet in; returns its event time where its claim was wrong and can be repaired, else null (see <see cref="ClockTriage"/>).</summary>
    public DateTimeOffset? Repair(long boot, long seq, DateTimeOffset? claimed, DateTimeOffset receivedAt)
    {
        // A gateway whose own clock was never set teaches nothing.
        if (claimed is not { } claim || receivedAt < ClockTriage.Earliest)
        {
            return null;
        }

        if (ClockTriage.Judge(claim, receivedAt).Quality == ClockQuality.HubClock)
        {
            _good = _good is { } first && first.Boot == boot && first.Seq < seq ? first : (boot, seq, claim);
            return null;
        }

        var offset = Least(boot, seq, claim, receivedAt);
        var eventTicks = claim.UtcTicks + offset.Ticks;
        if (receivedAt.UtcTicks - eventTicks > MaxWait.Ticks)
        {
            if (Learned is not { } old || old.Boot != boot || seq > old.Seq)
            {
                Learned = new ClockOffset(boot, receivedAt - claim, seq, claim);
            }

            return null;
        }

        Learned = Learned is { } top && top.Boot == boot && top.Seq > seq ? top with { Offset = offset } : new ClockOffset(boot, offset, seq, claim);
        return eventTicks < receivedAt.UtcTicks ? new DateTimeOffset(eventTicks, TimeSpan.Zero) : null;
    }

    private TimeSpan Least(long boot, long seq, DateTimeOffset claim, DateTimeOffset receivedAt)
    {
        var bound = receivedAt - claim;
        var offset = bound;
        if (Learned is { } known && known.Boot == boot && !(seq > known.Seq && claim < known.Claim))
        {
            var before = known.Offset + (Math.Max(0, (claim - known.Claim).Ticks) * Drift * TimeSpan.FromTicks(1));
            offset = IsStep(seq > known.Seq, bound - before) || bound < before ? bound : before;
        }
        else
        {
            // Another boot, or a clock that was set back within one: nothing known holds any more.
            _late = default;
        }

        return _good is { } good && good.Boot == boot && seq < good.Seq && good.Claim - claim < offset ? good.Claim - claim : offset;
    }

    /// <summary>
    /// A backlog is late by less with each packet. Newest packets that all are late by the same amount are punctual, and the
    /// gateway's clock was behind when the offset was learned (a small computer without a battery clock, before NTP).
    /// </summary>
    private bool IsStep(bool isNewest, TimeSpan excess)
    {
        if (!isNewest)
        {
            return false;
        }

        _late = excess <= s_leastStep ? default
            : (excess - _late.Excess).Duration() <= s_sameStep ? (_late.Count + 1, excess)
            : (1, excess);
        return _late.Count >= StepAfter;
    }
}
