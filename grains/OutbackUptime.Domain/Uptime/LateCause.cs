namespace OutbackUptime.Domain.Uptime;

/// <summary>Why what the gateway received at a time was not committed in time: region, link, or us.</summary>
internal sealed class LateCause(StationEvidence evidence, BeatGaps beats, long windowFirst, long now)
{
    // Heartbeats come every 30 s; farther off they say nothing of the moment.
    private const long Near = 18;

    // Two in a row, as slots: 30 s apart, some jitter.
    private const long PairFrom = 1;
    private const long PairTo = 5;

    private (long First, long End)? _gap;
    private bool _gapIsLinks;

    /// <summary>The cause for a slot in which the gateway lived and nothing came in time.</summary>
    public Verdict Of(long slot)
    {
        if (!beats.Contains(slot, windowFirst, now, out var gap))
        {
            return OfLink(slot);
        }

        if (_gap != gap)
        {
            // The link comes first on the way: dead right before the regions were lost and still after, it was dead all along.
            (_gap, _gapIsLinks) = (gap, gap.End <= now && LinkIsDeadAt(Before(gap.First)) && LinkIsDeadAt(After(gap.End)));
        }

        return _gapIsLinks ? Verdict.LinkDown : Verdict.RegionDown;
    }

    private long? Before(long slot) => PointSearch.Before(evidence.Book, StationEvidence.Points, slot - 1, Math.Max(windowFirst, slot - Near));

    // The gateway's first call to a region that is back may take some seconds.
    private long? After(long slot) => PointSearch.After(evidence.Book, StationEvidence.Points, slot + 2, Math.Min(now + 1, slot + 2 + Near));

    private bool LinkIsDeadAt(long? point) =>
        point is { } p
        && (evidence.Book.Read(Slots.MinuteOf(p)).InTime & Slots.Bit(p)) == 0
        && OfLink(p) == Verdict.LinkDown;

    private Verdict OfLink(long slot)
    {
        var before = PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Max(windowFirst, slot - Near));
        var after = PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Min(now + 1, slot + Near));
        var nearest = before is null ? after : after is null ? before : slot - before <= after - slot ? before : after;
        return nearest is { } heartbeat && SaysUp(heartbeat) && IsPair(heartbeat) ? Verdict.Ours : Verdict.LinkDown;
    }

    /// <summary>One heartbeat alone may say "up" of a link that died a second ago, or came back for five.</summary>
    private bool IsPair(long heartbeat)
    {
        var earlier = PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, heartbeat - PairFrom, Math.Max(windowFirst, heartbeat - PairTo));
        if (earlier is { } e && SaysUp(e))
        {
            return true;
        }

        var later = PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, heartbeat + PairFrom, Math.Min(now + 1, heartbeat + PairTo + 1));
        return later is { } l && SaysUp(l);
    }

    private bool SaysUp(long slot)
    {
        ref readonly var minute = ref evidence.Book.Read(Slots.MinuteOf(slot));
        return (minute.LinkDown & Slots.Bit(slot)) == 0;
    }
}
