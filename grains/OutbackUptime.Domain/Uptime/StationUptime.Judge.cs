using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uptime;

/// <content>Judging.</content>
public sealed partial class StationUptime
{
    // What a minute's evidence may change near it, in slots: why packets were late is told by heartbeats within 3 min, of which one
    // in a row with another 50 s off; and whether regions were lost behind a dead link by what was right before and after.
    private const long Around = 60;

    // Two hours, as slots.
    private const long LongAgo = 720;

    /// <summary>
    /// The verdicts that are new, or other than told before, to be written to the store. To be called every few seconds; work is
    /// bounded by <see cref="UptimeOptions.MinutesPerJudge"/>, newest first, and <see cref="HasMore"/> tells of a rest. Tells nothing
    /// while something is <see cref="Unread"/>.
    /// </summary>
    public IReadOnlyList<MinuteVerdict> Judge(DateTimeOffset now)
    {
        Advance(now);
        if (_readTo is not { } readTo || now - readTo > s_away)
        {
            return [];
        }

        _readTo = now > readTo ? now : readTo;
        var minuteOfNow = Slots.MinuteOf(_now);
        _dirty.Add(new OffsetRange((_tail ?? minuteOfNow) - 4, minuteOfNow));
        _tail = minuteOfNow;

        List<MinuteVerdict> told = [];
        var left = (long)_options.MinutesPerJudge;
        while (left > 0 && NewestDirty() is { } range)
        {
            var part = range.Count <= left ? range : new OffsetRange(range.Last - left + 1, range.Last);
            JudgePart(part, told);
            left -= part.Count;
            _dirty.Remove(part);
            _heard.Remove(part);
            foreach (var hub in _hubs.Values)
            {
                hub.Dirty.Remove(part);
            }
        }

        return told;
    }

    /// <summary>How a hub stands now; `unknown` when the registry has no such hub.</summary>
    public HubUptime Current(string hub, DateTimeOffset now)
    {
        Advance(now);
        if (!_hubs.TryGetValue(hub, out var record))
        {
            return new HubUptime(hub, Verdict.Unknown, null, null, TimeSpan.Zero);
        }

        var first = PointSearch.Before(record.Book, HubRecord.Points, _now, WindowFirst) ?? WindowFirst;
        var station = new StationTimeline(_station, _options, first, _now + 1, WindowFirst, _now);
        var timeline = new HubTimeline(record, _options, station, first, _now + 1, WindowFirst, _now);
        var verdict = At(_now);
        var since = _now;
        while (since > first && At(since - 1) == verdict)
        {
            since--;
        }

        return new HubUptime(
            hub,
            verdict,
            since > first ? Slots.Start(since) : ToldSince(record, since, verdict),
            record.LastReceivedAt,
            TimeSpan.FromSeconds(timeline.LastInterval * Slots.Seconds));

        Verdict At(long slot) => timeline[slot] switch
        {
            HubState.Unheard => Verdict.Unknown,
            HubState.Silent when station[slot].Verdict != Verdict.GatewayDown => Verdict.HubDown,
            _ => station[slot].Verdict is not 0 and var known ? known : Verdict.Unknown,
        };
    }

    /// <summary>Goes on backwards through what was told.</summary>
    private DateTimeOffset? ToldSince(HubRecord hub, long slot, Verdict verdict)
    {
        var first = WindowFirst / Slots.PerMinute;
        var minute = Slots.MinuteOf(slot);
        while (minute > first && (Verdict)(hub.Book.Read(minute - 1).Told & 7) == verdict)
        {
            minute--;
        }

        return minute > first ? minute < Slots.MinuteOf(slot) ? Slots.MinuteStart(minute) : Slots.Start(slot) : null;
    }

    private OffsetRange? NewestDirty()
    {
        var newest = _dirty.Ranges.Count > 0 ? _dirty.Ranges[^1] : (OffsetRange?)null;
        foreach (var hub in _hubs.Values)
        {
            if (hub.Dirty.Ranges.Count > 0 && hub.Dirty.Ranges[^1] is var range && (newest is not { } n || range.Last > n.Last))
            {
                newest = range;
            }
        }

        return newest;
    }

    private void JudgePart(OffsetRange part, List<MinuteVerdict> told)
    {
        var (first, end) = StationReach(part);
        if (!_heard.Ranges.Any(r => r.First <= part.Last && r.Last >= part.First))
        {
            // Nothing of the gateway is new, only time went by, or regions beat: what lies long before stays as it was told.
            first = Math.Max(first, (part.First * Slots.PerMinute) - LongAgo);
        }

        List<(HubRecord Hub, long First, long End, HubState? Until)> hubs = [];
        foreach (var hub in _hubs.Values)
        {
            hubs.Add(Reach(hub, part, first, end));
        }

        if (hubs.Count == 0)
        {
            return;
        }

        var station = new StationTimeline(_station, _options, hubs.Min(h => h.First), hubs.Max(h => h.End), WindowFirst, _now);
        foreach (var (hub, from, to, until) in hubs)
        {
            Tell(hub, new HubTimeline(hub, _options, station, from, to, WindowFirst, _now, until), station, from, to, told);
        }
    }

    /// <summary>The slots of a hub to be judged: to the packets on both sides, more of them where its cadence may have changed.</summary>
    private (HubRecord Hub, long First, long End, HubState? Until) Reach(HubRecord hub, OffsetRange part, long first, long end)
    {
        if (hub.FirstHeard > _now)
        {
            var firstMinute = Slots.MinuteOf(first);
            return (hub, firstMinute * Slots.PerMinute, end, HubState.Unheard);
        }

        var isNews = hub.Dirty.Ranges.Any(r => r.First <= part.Last && r.Last >= part.First);
        var points = isNews ? (2 * Cadence.Reach) + 2 : 1;
        var from = PointsBefore(hub, first, points);
        var to = PointsAfter(hub, end, points);
        if (isNews || from >= first - LongAgo)
        {
            return (hub, from, to, null);
        }

        // Not heard for long: what it was told to be it is until it is heard. Were that wrong, the part that has the evidence says so.
        var minute = Slots.MinuteOf(first);
        var before = (Verdict)(hub.Book.Read(minute - 1).Told & 7);
        HubState? until = before == 0 ? null
            : before == Verdict.HubDown ? HubState.Silent
            : IsSilent(minute) ? HubState.Alive
            : null;
        return until is null ? (hub, from, to, null) : (hub, minute * Slots.PerMinute, to, until);
    }

    /// <summary>Whether nothing was heard of the station from shortly before the minute on.</summary>
    private bool IsSilent(long minute) => _station.LastPoint < minute * Slots.PerMinute;

    private void Tell(HubRecord hub, HubTimeline timeline, StationTimeline station, long from, long to, List<MinuteVerdict> told)
    {
        // Whole minutes that are over.
        var last = Math.Min(Slots.FloorDivide(to, Slots.PerMinute), Slots.MinuteOf(_now)) - 1;
        var begin = Math.Max(from, JudgedFirst);
        for (var minute = Slots.FloorDivide(begin + Slots.PerMinute - 1, Slots.PerMinute); minute <= last; minute++)
        {
            var seen = hub.Book.Read(minute);
            if (MinuteVote.Of(minute, timeline, station, in seen) is not { } verdict
                || (seen.Told == 0 && minute < hub.Since && (verdict.Verdict == Verdict.Unknown || (minute + 1) * Slots.PerMinute <= hub.FirstHeard))
                || (seen.Told == 0 && !IsDecided(hub, minute, verdict.Verdict)))
            {
                continue;
            }

            var tell = Tell(verdict.Verdict, verdict.Late);
            if (tell != seen.Told)
            {
                hub.Book.At(minute).Told = tell;
                told.Add(new MinuteVerdict(hub.Id, Slots.MinuteStart(minute), verdict.Verdict, verdict.Late));
            }
        }
    }

    /// <summary>Whether the hub was heard after the minute, or its silence was noticed, or enough time has gone by.</summary>
    private bool IsDecided(HubRecord hub, long minute, Verdict verdict) =>
        verdict == Verdict.HubDown
        || hub.LastHeard >= (minute + 1) * Slots.PerMinute
        || _now - ((minute + 1) * Slots.PerMinute) >= Slots.Count(_options.Patience);

    /// <summary>The slots whose state the part's evidence may have changed: to the signs of life on both sides, and whole beat gaps.</summary>
    private (long First, long End) StationReach(OffsetRange part)
    {
        var beats = new BeatGaps(_station, _options);
        var first = Math.Max(WindowFirst, (part.First * Slots.PerMinute) - Around);
        var end = Math.Min(_now + 1, ((part.Last + 1) * Slots.PerMinute) + Around);
        first = PointSearch.Before(_station.Book, StationEvidence.Points, first, WindowFirst) ?? WindowFirst;
        end = PointSearch.After(_station.Book, StationEvidence.Points, end, _now + 1) + 1 ?? _now + 1;
        if (beats.Contains(first, WindowFirst, _now, out var gap))
        {
            first = Math.Max(WindowFirst, gap.First - Around);
        }

        if (beats.Contains(end - 1, WindowFirst, _now, out gap))
        {
            end = Math.Min(_now + 1, gap.End == long.MaxValue ? gap.End : gap.End + Around);
        }

        return (first, end);
    }

    private long PointsBefore(HubRecord hub, long slot, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (PointSearch.Before(hub.Book, HubRecord.Points, slot - 1, Math.Max(WindowFirst, hub.FirstHeard)) is not { } before)
            {
                return WindowFirst;
            }

            slot = before;
        }

        return slot;
    }

    private long PointsAfter(HubRecord hub, long slot, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (PointSearch.After(hub.Book, HubRecord.Points, slot, _now + 1) is not { } after)
            {
                return _now + 1;
            }

            slot = after + 1;
        }

        return slot;
    }
}
