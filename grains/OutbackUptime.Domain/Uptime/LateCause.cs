namespace OutbackUptime.Domain.Uptime;

/// <summary>Why what the gateway received at a time was not committed in time: region, link, or us.</summary>
internal sealed class LateCause(StationEvidence evidence, BeatGaps beats, long windowFirst, long now)
{
    // Heartbeats come every 30 s; farther off they say nothing of the moment.
    private const long Near = 18;

    // Two in a row, as slots: 30 s apart, some jitter.
    private const long PairFrom = 1;
    private const long PairTo = 5;

    /// <summary>
    /// The cause for a slot in which the gateway lived and nothing came in time. Without a region nobody can tell whether the link
    /// was there: those minutes are the region's.
    /// </summary>
    public Verdict Of(long slot) => beats.Contains(slot, windowFirst, now, out _) ? Verdict.RegionDown : OfLink(slot);

    private Verdict OfLink(long slot)
    {
        var before = PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Max(windowFirst, slot - Near));
        var after = PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Min(now + 1, slot + Near));
        var nearest = before is null ? after : after is null ? before : slot - before <= after - slot ? before : after;
        return nearest is { } heartbeat && MostSayUp(heartbeat) ? Verdict.Ours : Verdict.LinkDown;
    }

    /// <summary>
    /// Two of a heartbeat and its neighbours. One alone may say "up" of a link that died a second ago or came back for five, or "down"
    /// while the gateway tries the other region.
    /// </summary>
    private bool MostSayUp(long heartbeat)
    {
        var earlier = PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, heartbeat - PairFrom, Math.Max(windowFirst, heartbeat - PairTo));
        var later = PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, heartbeat + PairFrom, Math.Min(now + 1, heartbeat + PairTo + 1));
        return Up(earlier) + Up(heartbeat) + Up(later) >= 2;

        int Up(long? slot) => slot is { } s && SaysUp(s) ? 1 : 0;
    }

    private bool SaysUp(long slot)
    {
        ref readonly var minute = ref evidence.Book.Read(Slots.MinuteOf(slot));
        return (minute.LinkDown & Slots.Bit(slot)) == 0;
    }
}
