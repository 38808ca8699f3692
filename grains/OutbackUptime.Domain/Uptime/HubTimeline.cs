namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// When a hub lived, slot by slot. Silence counts only where its gateway would have heard it and that is known; what a hub was
/// before the gateway went away it is presumed to be until the gateway hears it or misses it.
/// </summary>
internal sealed class HubTimeline
{
    // A hub whose gateway was away needs a moment to notice and to connect again.
    private const long Reconnect = 6;

    // A gateway that goes down drops its hubs; what it says of them then tells nothing of them.
    private const long OutlivesGone = 3;

    private const long Day = 8_640;
    private const long AnHour = 360;

    private readonly HubRecord _hub;
    private readonly UptimeOptions _options;
    private readonly StationTimeline _station;
    private readonly long _windowFirst;
    private readonly long _now;
    private readonly List<long> _points = [];
    private readonly HubState[] _states;

    /// <param name="hub">The hub.</param>
    /// <param name="options">The rules' limits.</param>
    /// <param name="station">The station's timeline; silence counts within it only.</param>
    /// <param name="first">First slot wanted.</param>
    /// <param name="end">Slot after the last wanted.</param>
    /// <param name="windowFirst">First slot of which evidence is kept.</param>
    /// <param name="now">Slot of now.</param>
    /// <param name="until">What it is from <paramref name="first"/> on until it is heard, where that was judged before; else null.</param>
    public HubTimeline(
        HubRecord hub, UptimeOptions options, StationTimeline station, long first, long end, long windowFirst, long now, HubState? until = null)
    {
        (_hub, _options, _station, First, _windowFirst, _now) = (hub, options, station, first, windowFirst, now);
        _states = new HubState[Math.Max(0, end - first)];
        Gather(end);
        Fill(end);
        if (until is { } state)
        {
            var heard = PointSearch.After(hub.Book, HubRecord.Points, first, end) ?? end;
            _states.AsSpan(0, (int)(heard - first)).Fill(state);
        }
    }

    /// <summary>First slot known.</summary>
    public long First { get; }

    /// <summary>The interval expected after the last packet, in slots.</summary>
    public double LastInterval { get; private set; }

    /// <summary>The state of a slot within the range asked for.</summary>
    public HubState this[long slot] => _states[slot - First];

    private double Registered => _hub.Interval.TotalSeconds / Slots.Seconds;

    /// <summary>The points in the range and enough on both sides to tell the cadence at its borders.</summary>
    private void Gather(long end)
    {
        const int Context = Cadence.Reach + 1;
        var slot = First;
        for (var i = 0; i < Context && PointSearch.Before(_hub.Book, HubRecord.Points, slot - 1, Math.Max(_windowFirst, _hub.FirstHeard)) is { } before; i++)
        {
            _points.Add(slot = before);
        }

        _points.Reverse();
        slot = First;
        for (var beyond = 0; beyond < Context && slot <= _now && PointSearch.After(_hub.Book, HubRecord.Points, slot, _now + 1) is { } after; slot = after + 1)
        {
            _points.Add(after);
            beyond += after >= end ? 1 : 0;
        }
    }

    private void Fill(long end)
    {
        if (_points.Count == 0)
        {
            LastInterval = Registered;
            FillUnanchored(_windowFirst, end, after: null);
            return;
        }

        FillUnanchored(_windowFirst, Math.Min(end, _points[0]), _points[0]);
        for (var i = 0; i < _points.Count; i++)
        {
            Put(_points[i], HubState.Alive);
            long? after = i + 1 < _points.Count ? _points[i + 1] : null;
            if (after is null)
            {
                LastInterval = Expected(i);
            }

            if ((after ?? end) > First && _points[i] < end)
            {
                FillGap(_points[i], after, after is null ? LastInterval : Cadence.Around(_points, i, Registered));
            }
        }
    }

    /// <summary>Before the first packet kept: nothing when it is the first ever, else silent where it could have been heard.</summary>
    private void FillUnanchored(long first, long end, long? after)
    {
        if (_hub.FirstHeard >= (after ?? _now))
        {
            return;
        }

        var limit = Limit(Registered);
        var from = Math.Max(first, Math.Min(_hub.FirstHeard, end));
        var deadSince = SilentSince(from - limit, after ?? _now, limit, isOpen: after is null, Registered);
        for (var slot = Math.Max(Math.Max(first, First), _hub.FirstHeard); slot < end; slot++)
        {
            Put(slot, slot >= deadSince ? HubState.Silent : HubState.Alive);
        }
    }

    private void FillGap(long before, long? after, double interval)
    {
        var limit = Limit(interval);
        var to = after ?? _now;
        var deadSince = long.MaxValue;
        if (after is null || to - before >= limit)
        {
            deadSince = SilentSince(before, to, limit, after is null, interval);
        }

        if (GoneIn(before, to, after is null, interval) is { } gone)
        {
            deadSince = Math.Min(deadSince, gone);
        }

        var end = after ?? (First + _states.Length);
        for (var slot = Math.Max(before + 1, First); slot < Math.Min(end, First + _states.Length); slot++)
        {
            Put(slot, slot >= deadSince ? HubState.Silent : HubState.Alive);
        }
    }

    /// <summary>
    /// Since when the hub is silent within (<paramref name="before"/>, <paramref name="to"/>): the first stretch in which its
    /// gateway listened for longer than <paramref name="limit"/>. The dead stay dead until they are heard.
    /// </summary>
    private long SilentSince(long before, long to, long limit, bool isOpen, double interval)
    {
        var start = before;
        var since = before + Math.Max(1, (long)Math.Round(interval / 2));
        var allowed = limit;
        var listens = true;
        for (var slot = Math.Max(before + 1, _station.First); slot < to; slot++)
        {
            if (_station[slot].Observed)
            {
                if (!listens)
                {
                    (listens, start, since, allowed) = (true, slot - 1, slot, limit + Reconnect);
                }

                if (slot - start + 1 >= allowed)
                {
                    return since;
                }
            }
            else if (slot <= _station.LastPoint || !isOpen)
            {
                listens = false;
            }
        }

        // Now: the gateway was heard well into the silence, so it need not be heard again for the verdict to be due.
        var isWitnessed = isOpen && listens && _station.LastPoint - start >= 1.5 * interval && _station[to - 1].Verdict is not Verdict.GatewayDown
            && to - _station.LastPoint <= Slots.Count(1.5 * _options.HeartbeatInterval);
        return isWitnessed && to - start >= allowed ? since : long.MaxValue;
    }

    /// <summary>Its connection was lost, the gateway lived on, and the next packet did not come when it was due.</summary>
    private long? GoneIn(long before, long to, bool isOpen, double interval)
    {
        if (!isOpen && to - before <= (1.5 * interval) + 1)
        {
            return null;
        }

        for (var from = before; PointSearch.After(_hub.Book, HubRecord.Gones, from, to) is { } gone; from = gone + 1)
        {
            var checkTo = Math.Min(gone + OutlivesGone, isOpen ? Math.Max(gone, _station.LastPoint) : to - 1);
            if (_station[checkTo].Observed || (isOpen && checkTo >= _station.LastPoint && _station[to - 1].Verdict is not Verdict.GatewayDown))
            {
                return Math.Max(gone, before + 1);
            }
        }

        return null;
    }

    /// <summary>What is expected now: by the packets before, and by what the hub did at this time yesterday.</summary>
    private double Expected(int index)
    {
        var interval = Cadence.Around(_points, index, Registered);
        if (_now - _points[index] < Limit(interval))
        {
            return interval;
        }

        List<long> yesterday = [];
        for (var slot = Math.Max(_windowFirst, _points[index] - Day - (AnHour / 2));
            PointSearch.After(_hub.Book, HubRecord.Points, slot, Math.Min(_points[index], _points[index] - Day + AnHour)) is { } point;
            slot = point + 1)
        {
            yesterday.Add(point);
        }

        return Math.Max(interval, Cadence.Slowest(yesterday));
    }

    private long Limit(double interval) => Math.Max(2, (long)Math.Ceiling(interval * _options.MissedIntervals));

    private void Put(long slot, HubState state)
    {
        if (slot >= First && slot < First + _states.Length)
        {
            _states[slot - First] = state;
        }
    }
}
