namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// What the way from the gateway on was, slot by slot: a function of the evidence and of now, nothing else. Between two signs of
/// the gateway's life that are near each other it lived; where they are far apart its own uptime tells whether it had been off.
/// </summary>
internal sealed class StationTimeline
{
    private readonly StationEvidence _evidence;
    private readonly LateCause _lateCause;
    private readonly BeatGaps _beats;
    private readonly SlotState[] _states;
    private readonly long _tolerance;
    private readonly long _windowFirst;
    private readonly long _now;
    private readonly Verdict _guess;

    /// <param name="evidence">The station's evidence.</param>
    /// <param name="options">The rules' limits.</param>
    /// <param name="first">First slot wanted.</param>
    /// <param name="now">Slot of now.</param>
    /// <param name="end">Slot after the last wanted; not after that of now.</param>
    /// <param name="windowFirst">First slot of which evidence is kept.</param>
    public StationTimeline(StationEvidence evidence, UptimeOptions options, long first, long end, long windowFirst, long now)
    {
        (_evidence, First, _windowFirst, _now) = (evidence, first, windowFirst, now);
        _beats = new BeatGaps(evidence, options);
        _lateCause = new LateCause(evidence, _beats, windowFirst, now);
        _states = new SlotState[Math.Max(0, end - first)];
        _tolerance = (long)Math.Ceiling(options.HeartbeatInterval.TotalSeconds * 2.5 / Slots.Seconds);
        _guess = !evidence.HasHeartbeats ? Verdict.Unknown
            : evidence.Battery.WasFailing(evidence.LastPoint) ? Verdict.GatewayDown
            : Verdict.LinkDown;
        Fill();
    }

    /// <summary>First slot known.</summary>
    public long First { get; }

    /// <summary>Slot after the last known.</summary>
    public long End => First + _states.Length;

    /// <summary>The last slot with a sign of the gateway's life.</summary>
    public long LastPoint => _evidence.LastPoint;

    /// <summary>The state of a slot; nothing is known of those outside.</summary>
    public SlotState this[long slot] => slot >= First && slot < End ? _states[slot - First] : default;

    private void Fill()
    {
        if (_states.Length == 0)
        {
            return;
        }

        var point = PointSearch.Before(_evidence.Book, StationEvidence.Points, First - 1, _windowFirst);
        while (true)
        {
            var from = point is { } p ? p + 1 : First;
            var next = from <= _now ? PointSearch.After(_evidence.Book, StationEvidence.Points, from, _now + 1) : null;
            FillGap(point, next);
            if (next is not { } n || n >= End)
            {
                return;
            }

            Put(n, Observed(n));
            point = n;
        }
    }

    private void FillGap(long? before, long? after)
    {
        // Before anything was heard of this station nothing is concluded.
        var first = Math.Max(First, before is { } heard ? heard + 1 : _evidence.FirstPoint);
        var end = Math.Min(End, after ?? End);
        if (first >= end)
        {
            return;
        }

        if (after is null)
        {
            FillOpen(before ?? (_windowFirst - 1), first, end);
            return;
        }

        // The gateway's own word: its process began in the gap, so it had been off.
        var boot = PointSearch.Before(_evidence.Book, StationEvidence.Boots, after.Value, Math.Max(_windowFirst, (before ?? (_windowFirst - 1)) + 1));
        if (boot is { } b)
        {
            for (var slot = first; slot < Math.Min(b, end); slot++)
            {
                Put(slot, new SlotState(Verdict.GatewayDown, Observed: false));
            }

            first = Math.Max(first, b);
            before = b;
        }

        var isNear = before is { } p && after.Value - p <= _tolerance;
        for (var slot = first; slot < end; slot++)
        {
            Put(slot, isNear ? Observed(boot is null && slot - before!.Value < after.Value - slot ? before.Value : after.Value) : Silent(slot, Verdict.LinkDown));
        }
    }

    /// <summary>Nothing has been heard since: presumed to go on for a while, then the best guess until the backlog tells.</summary>
    private void FillOpen(long before, long first, long end)
    {
        var goesOn = _now - before <= _tolerance && before >= _windowFirst;
        for (var slot = first; slot < end; slot++)
        {
            Put(slot, goesOn ? Observed(before) with { Observed = false } : Silent(slot, _guess));
        }
    }

    private SlotState Observed(long point)
    {
        var minute = _evidence.Book.Read(Slots.MinuteOf(point));
        var isUp = (minute.InTime & Slots.Bit(point)) != 0 && ((minute.Late & Slots.Bit(point)) == 0 || !IsOnset(point));
        return new SlotState(isUp ? Verdict.Up : _lateCause.Of(point), Observed: true);
    }

    /// <summary>A slot with both, in time and late, belongs to what comes after it: so outages are neither shortened nor stretched.</summary>
    private bool IsOnset(long point) =>
        PointSearch.After(_evidence.Book, StationEvidence.Points, point + 1, Math.Min(_now + 1, point + _tolerance)) is { } next
        && (_evidence.Book.Read(Slots.MinuteOf(next)).InTime & Slots.Bit(next)) == 0;

    private SlotState Silent(long slot, Verdict guess) => new(
        _beats.Contains(slot, _windowFirst, _now, out _) ? Verdict.RegionDown : _evidence.HasHeartbeats ? guess : Verdict.Unknown,
        Observed: false);

    private void Put(long slot, SlotState state)
    {
        if (slot >= First && slot < End)
        {
            _states[slot - First] = state;
        }
    }
}
