namespace OutbackUptime.Domain.Uptime;

/// <summary>Why what the gateway received at a time was not committed in time: region, link, or us.</summary>
internal sealed class LateCause(StationEvidence evidence, BeatGaps beats, long windowFirst, long now)
{
    // Heartbeats come every 30 s; farther off they say nothing of the moment.
    private const long Near = 18;

    private const int Neighbours = 1;

    // Slots: a heartbeat every 30 s, and some jitter.
    private const long NeighboursWithin = 5;

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
    /// Most of a heartbeat and the one on each side. One alone may say "up" of a link that died a second ago or came back for five,
    /// or "down" while the gateway tries the other region.
    /// </summary>
    private bool MostSayUp(long heartbeat)
    {
        var (count, ups) = (1, SaysUp(heartbeat) ? 1 : 0);
        var slot = heartbeat;
        for (var i = 0; i < Neighbours
            && PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, slot - 1, Math.Max(windowFirst, heartbeat - NeighboursWithin)) is { } before; i++)
        {
            (slot, count, ups) = (before, count + 1, ups + (SaysUp(before) ? 1 : 0));
        }

        slot = heartbeat;
        for (var i = 0; i < Neighbours
            && PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, slot + 1, Math.Min(now + 1, heartbeat + NeighboursWithin)) is { } after; i++)
        {
            (slot, count, ups) = (after, count + 1, ups + (SaysUp(after) ? 1 : 0));
        }

        return count > 1 && ups * 2 > count;
    }

    private bool SaysUp(long slot)
    {
        ref readonly var minute = ref evidence.Book.Read(Slots.MinuteOf(slot));
        return (minute.LinkDown & Slots.Bit(slot)) == 0;
    }
}
