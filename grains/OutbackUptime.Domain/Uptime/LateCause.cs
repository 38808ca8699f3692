namespace OutbackUptime.Domain.Uptime;

/// <summary>Why what the gateway received at a time was not committed in time: region, link, or us.</summary>
internal sealed class LateCause(StationEvidence evidence, BeatGaps beats, long windowFirst, long now)
{
    // Heartbeats come every 30 s; farther off they say nothing of the moment.
    private const long Near = 18;

    // Two heartbeats of 30 s and some jitter, as slots.
    private const int Neighbours = 2;
    private const long NeighboursWithin = 8;

    /// <summary>
    /// The cause for a slot in which the gateway lived and nothing came in time. Without a region nobody can tell whether the link
    /// was there: those minutes are the region's.
    /// </summary>
    public Verdict Of(long slot) => beats.Contains(slot, windowFirst, now, out _) ? Verdict.RegionDown : OfLink(slot);

    private Verdict OfLink(long slot)
    {
        var before = Last(slot, slot - Near);
        var after = First(slot, slot + Near);
        var nearest = before is null ? after : after is null ? before : slot - before <= after - slot ? before : after;
        return nearest is { } heartbeat && MostSayUp(heartbeat) ? Verdict.Ours : Verdict.LinkDown;
    }

    /// <summary>
    /// Most of a heartbeat and the two on each side. One alone may say "up" of a link that died a second ago or came back for five,
    /// or "down" while the gateway goes to the other region.
    /// </summary>
    private bool MostSayUp(long heartbeat)
    {
        var (count, ups) = (1, SaysUp(heartbeat) ? 1 : 0);
        var (before, after) = (heartbeat, heartbeat);
        for (var i = 0; i < Neighbours && Last(before - 1, heartbeat - NeighboursWithin) is { } earlier; i++)
        {
            (before, count, ups) = (earlier, count + 1, ups + (SaysUp(earlier) ? 1 : 0));
        }

        for (var i = 0; i < Neighbours && First(after + 1, heartbeat + NeighboursWithin + 1) is { } later; i++)
        {
            (after, count, ups) = (later, count + 1, ups + (SaysUp(later) ? 1 : 0));
        }

        return count > 1 && ups * 2 > count;
    }

    /// <summary>The last heartbeat from a slot back that tells of the link: while no region is there it says "down" of any link.</summary>
    private long? Last(long slot, long first)
    {
        while (PointSearch.Before(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Max(windowFirst, first)) is { } found)
        {
            if (!beats.Contains(found, windowFirst, now, out _))
            {
                return found;
            }

            slot = found - 1;
        }

        return null;
    }

    private long? First(long slot, long end)
    {
        while (PointSearch.After(evidence.Book, StationEvidence.LateHeartbeats, slot, Math.Min(now + 1, end)) is { } found)
        {
            if (!beats.Contains(found, windowFirst, now, out _))
            {
                return found;
            }

            slot = found + 1;
        }

        return null;
    }

    private bool SaysUp(long slot)
    {
        ref readonly var minute = ref evidence.Book.Read(Slots.MinuteOf(slot));
        return (minute.LinkDown & Slots.Bit(slot)) == 0;
    }
}
