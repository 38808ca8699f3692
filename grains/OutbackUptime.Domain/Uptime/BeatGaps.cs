namespace OutbackUptime.Domain.Uptime;

/// <summary>When no region was there: no beat of any for longer than <see cref="UptimeOptions.BeatPatience"/>.</summary>
internal sealed class BeatGaps(StationEvidence evidence, UptimeOptions options)
{
    private long _first = long.MaxValue;
    private long _end = long.MinValue;
    private bool _isGap;

    /// <summary>Whether <paramref name="slot"/> lies in such a gap, and its first slot and end.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="windowFirst">First slot of which evidence is kept.</param>
    /// <param name="now">The slot of now: not yet over.</param>
    /// <param name="gap">The gap: first slot without a beat, and the one after the last.</param>
    public bool Contains(long slot, long windowFirst, long now, out (long First, long End) gap)
    {
        if (slot < _first || slot >= _end)
        {
            Find(slot, windowFirst, now);
        }

        gap = (_first, _end);
        return _isGap;
    }

    private void Find(long slot, long windowFirst, long now)
    {
        if (evidence.FirstBeat == long.MaxValue || slot < evidence.FirstBeat)
        {
            (_first, _end, _isGap) = (long.MinValue, evidence.FirstBeat, false);
            return;
        }

        var before = PointSearch.Before(evidence.Book, StationEvidence.Beats, slot, windowFirst);
        if (before == slot)
        {
            (_first, _end, _isGap) = (slot, slot + 1, false);
            return;
        }

        var after = PointSearch.After(evidence.Book, StationEvidence.Beats, slot + 1, now + 1);
        (_first, _end) = ((before ?? (windowFirst - 1)) + 1, after ?? long.MaxValue);
        // A beat in each of two slots that are n apart leaves at least n - 1 slots of silence between them.
        _isGap = Math.Min(_end, now + 1) - _first > Slots.Count(options.BeatPatience);
    }
}
