namespace OutbackUptime.Domain.Uptime;

/// <summary>Why what the gateway received at a time was not committed in time: region, link, or us.</summary>
internal sealed class LateCause(StationEvidence evidence, BeatGaps beats, long windowFirst, long now)
{
    // Heartbeats come every 30 s; farther off they say nothing of the moment.
    private const long Near = 18;

    // The next one, as slots: a heartbeat every 30 s, and some jitter.
    private const long NextWithin = 5;

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
    /// Most of three heartbeats in a row, this one in the middle where it can be. One alone may say "up" of a link that died a second
    /// ago or came back for five, or "down" while the gateway goes to the other region.
    /// </summary>
    private bool MostSayUp(long heartbeat)
    {
        var (before, after) = (Before(heartbeat), After(heartbeat));
        var third = before is null && after is { } a ? After(a) : after is null && before is { } b ? Before(b) : null;
        var (count, ups) = (0, 0);
        foreach (var each in (ReadOnlySpan<long?>)[heartbeat, before, after, third])
        {
            (count, ups) = each is { } said ? (count + 1, ups + (SaysUp(said) ? 1 : 0)) : (count, ups);
        }

        return count > 1 && ups * 2 > count;
    }

    private long? Before(long heartbeat) => Last(heartbeat - 1, heartbeat - NextWithin);

    private long? After(long heartbeat) => First(heartbeat + 1, heartbeat + NextWithin + 1);

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
