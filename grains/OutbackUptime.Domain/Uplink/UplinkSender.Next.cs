using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <content>What goes next.</content>
public sealed partial class UplinkSender
{
    /// <summary>The next frame, or null when there is none (yet). It counts as sent: the caller must send it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="backlogAllowed">False while backlog is held back by its pace.</param>
    public FramePlan? Next(DateTimeOffset now, bool backlogAllowed)
    {
        if (now < _notBefore || _sent.Count >= Window)
        {
            return null;
        }

        return NextUrgent(_newest, now) ?? NextLive(now) ?? NextUrgent(_again, now)
            ?? (backlogAllowed && BacklogInFlight < BacklogWindow ? NextSuspect(now) ?? NextBacklog(now) : null);
    }

    private int Window => Math.Min(_credit - _sent.OnCredit, _options.WindowFrames);

    private int BacklogInFlight => _sent.Open.Count(f => !f.Plan.IsLive);

    private int BacklogWindow => Math.Max(1, Window - _options.LiveReserve);

    private int MaxEntries => Math.Min(_options.MaxFrameEntries, _maxFrameEntries);

    private FramePlan? NextUrgent(UrgentOffsets urgent, DateTimeOffset now)
    {
        if (urgent.IsEmpty)
        {
            return null;
        }

        var (ranges, regions) = urgent.Take(MaxEntries, Owed);
        return ranges.Count == 0 ? null : Send(ranges, [.. _names.Where((_, i) => (regions & (1u << i)) != 0)], isLive: true, now);
    }

    /// <summary>The regions that an offset must be sent to now, and whether it waits for a store that is down.</summary>
    private (uint Regions, bool Waits) Owed(long offset)
    {
        if (offset < FirstOffset || _odd.Contains(offset))
        {
            return (0, false);
        }

        // An entry that no store has names all of them, up or not.
        var isNew = _regions.Values.All(r => !r.Covers(offset));
        var (mask, waits) = (0u, false);
        for (var i = 0; i < _names.Length; i++)
        {
            var region = _regions[_names[i]];
            mask |= !region.Covers(offset) && (isNew || region.Available) ? 1u << i : 0;
            waits |= !region.Available && !region.Covers(offset);
        }

        return (mask, waits);
    }

    private FramePlan? NextLive(DateTimeOffset now)
    {
        if (_liveNext >= NextOffset)
        {
            return null;
        }

        var range = new OffsetRange(_liveNext, Math.Min(NextOffset, _liveNext + MaxEntries) - 1);
        _liveNext = range.Last + 1;
        return Send([range], [.. _regions.Keys], isLive: true, now);
    }

    private FramePlan? NextSuspect(DateTimeOffset now)
    {
        while (_odd.Suspects.Ranges is [var range, ..])
        {
            var one = new OffsetRange(range.First, range.First);
            _odd.Suspects.Remove(one);
            var owed = _regions.Where(r => !r.Value.Covers(one.First)).Select(r => r.Key).ToArray();
            if (owed.Length > 0)
            {
                return Send([one], owed, isLive: false, now);
            }
        }

        return null;
    }

    private FramePlan? NextBacklog(DateTimeOffset now)
    {
        var up = _regions.Where(r => r.Value.TakesBacklog(now)).Select(r => r.Key).ToArray();
        var plan = up.Length > 1 ? Gather(up, MaxEntries, now) : null;
        foreach (var region in up)
        {
            plan ??= Gather([region], MaxEntries, now);
        }

        return plan ?? Probe(now);
    }

    private FramePlan? Probe(DateTimeOffset now)
    {
        foreach (var (region, state) in _regions)
        {
            if (!state.Available && now >= state.ProbeAt && Gather([region], 1, now) is { } plan)
            {
                state.ProbeAt = now + _options.StoreProbeInterval;
                return plan;
            }
        }

        return null;
    }

    /// <summary>Offsets that every one of <paramref name="regions"/> lacks and has no frame in flight for.</summary>
    private FramePlan? Gather(string[] regions, int max, DateTimeOffset now)
    {
        var states = Array.ConvertAll(regions, r => _regions[r]);
        long NextOwed(long offset)
        {
            for (var last = -1L; offset != last;)
            {
                last = offset;
                offset = states.Aggregate(_odd.NextMissing(offset), (o, s) => s.NextUncovered(o));
            }

            return offset;
        }

        long NextNotOwed(long offset) => Math.Min(_odd.NextPresent(offset), states.Min(s => s.NextCovered(offset)));

        var holes = states.Max(s => s.Committed.Ranges.Count);
        var ranges = _order.Pick(FirstOffset, _liveNext, max, holes, NextOwed, NextNotOwed);
        return ranges.Count == 0 ? null : Send(ranges, regions, isLive: false, now);
    }

    private FramePlan Send(IReadOnlyList<OffsetRange> ranges, IReadOnlyList<string> owed, bool isLive, DateTimeOffset now)
    {
        var plan = new FramePlan(++_lastFrameId, ranges, owed, isLive);
        _sent.Add(new SentFrame(plan, now));
        foreach (var region in owed)
        {
            _regions[region].Track(ranges);
        }

        return plan;
    }
}
