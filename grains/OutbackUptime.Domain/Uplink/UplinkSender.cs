using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// Decides what a gateway sends next, to whom, and when it gives up on an answer. Knows per region which offsets are
/// committed; everything else is owed. Pure: journal, network and clock are the caller's.
/// </summary>
/// <remarks>
/// An offset is in at most one frame per region at a time. Live packets (appended after the connection came up) go first;
/// the rest goes oldest first, to all regions that lack it at once, then to single ones. A store that is said to be down is
/// named by an entry's first frame and then left alone until it is said to be up, or a probe is due.
/// </remarks>
public sealed class UplinkSender
{
    /// <summary>Frames whose answer may still come after they were given up.</summary>
    private const int RememberedFrames = 256;

    private readonly UplinkSenderOptions _options;
    private readonly Dictionary<string, RegionProgress> _regions;
    private readonly Dictionary<ulong, Sent> _inFlight = [];
    private readonly Dictionary<ulong, Sent> _givenUp = [];
    private readonly Queue<ulong> _givenUpOrder = [];
    private readonly OffsetRangeSet _suspects = new();
    private readonly OffsetRangeSet _rejected = new();
    private readonly OffsetRangeSet _absent = new();
    private ulong _lastFrameId;
    private long _liveNext;
    private int _credit;
    private int _maxFrameEntries;
    private DateTimeOffset _notBefore;

    /// <param name="options">Limits.</param>
    /// <param name="committed">Per region what the journal knows to be committed. Copied.</param>
    /// <param name="firstOffset">Oldest offset kept; all below is committed everywhere.</param>
    /// <param name="nextOffset">Offset of the next entry.</param>
    public UplinkSender(UplinkSenderOptions options, IReadOnlyDictionary<string, OffsetRangeSet> committed, long firstOffset, long nextOffset)
    {
        _options = options;
        _regions = committed.ToDictionary(c => c.Key, c => new RegionProgress(c.Value.Clone()), StringComparer.Ordinal);
        (FirstOffset, NextOffset, _liveNext) = (firstOffset, nextOffset, nextOffset);
    }

    /// <summary>Oldest offset that matters.</summary>
    public long FirstOffset { get; private set; }

    /// <summary>Offset of the next entry.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Frames without their final receipt.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>When the oldest frame in flight was sent.</summary>
    public DateTimeOffset? OldestSentAt => _inFlight.Count == 0 ? null : _inFlight.Values.Min(s => s.At);

    /// <summary>Not before this a frame is sent again, after a RETRY.</summary>
    public DateTimeOffset PausedUntil => _notBefore;

    /// <summary>Offsets that a region refuses even alone. They stay in the journal and are not sent again.</summary>
    public IReadOnlyList<OffsetRange> Rejected => _rejected.Ranges;

    /// <summary>Offsets that should be in the journal and are not.</summary>
    public IReadOnlyList<OffsetRange> Absent => _absent.Ranges;

    /// <summary>What is known to be committed in a region.</summary>
    public OffsetRangeSet Committed(string region) => _regions[region].Committed;

    /// <summary>Whether the region's store is said to be up.</summary>
    public bool IsAvailable(string region) => _regions[region].Available;

    /// <summary>The journal has grown.</summary>
    public void OnAppended(long nextOffset) => NextOffset = Math.Max(NextOffset, nextOffset);

    /// <summary>The journal has been trimmed.</summary>
    public void OnTrimmed(long firstOffset) => FirstOffset = Math.Max(FirstOffset, firstOffset);

    /// <summary>A connection is up: what is appended from now on is live, what is there is backlog.</summary>
    public void OnStreamUp(int credit, int maxFrameEntries)
    {
        OnStreamDown();
        (_credit, _maxFrameEntries, _liveNext, _notBefore) = (credit, Math.Max(1, maxFrameEntries), NextOffset, DateTimeOffset.MinValue);
    }

    /// <summary>The connection is gone: the outcome of what was in flight is unknown, and all of it is owed again.</summary>
    public void OnStreamDown()
    {
        foreach (var id in _inFlight.Keys.ToArray())
        {
            GiveUp(id);
        }

        _credit = 0;
    }

    /// <summary>News about a region's store.</summary>
    public void OnStoreState(string region, bool available)
    {
        if (_regions.TryGetValue(region, out var state))
        {
            state.Available = available;
        }
    }

    /// <summary>New credit.</summary>
    public void OnCredit(int credit) => _credit = credit;

    /// <summary>Gives up frames whose answer is overdue; returns how many.</summary>
    public int OnTick(DateTimeOffset now)
    {
        var overdue = _inFlight.Where(f => now - f.Value.At >= _options.FrameTimeout).Select(f => f.Key).ToArray();
        Array.ForEach(overdue, GiveUp);
        return overdue.Length;
    }

    /// <summary>
    /// Takes a receipt. Returns what it newly proves committed; nothing for a frame that was never sent. A late answer to a
    /// frame that was given up is as true as any other.
    /// </summary>
    /// <param name="frameId">The frame.</param>
    /// <param name="answer">What the region said.</param>
    /// <param name="committedRegions">Regions that hold all of its entries.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">0 to 1, for the pause after a RETRY.</param>
    public IReadOnlyList<CommittedNews> OnReceipt(ulong frameId, FrameAnswer answer, IReadOnlyList<string> committedRegions, DateTimeOffset now, double jitter)
    {
        var inFlight = _inFlight.TryGetValue(frameId, out var frame);
        if (!inFlight && !_givenUp.TryGetValue(frameId, out frame))
        {
            return [];
        }

        var news = new List<CommittedNews>();
        foreach (var region in frame!.Plan.OwedRegions.Where(committedRegions.Contains))
        {
            // Not Any(): every range must be added.
            if (frame.Plan.Ranges.Sum(_regions[region].Committed.Add) > 0)
            {
                news.Add(new CommittedNews(region, frame.Plan.Ranges));
            }
        }

        if (inFlight && answer != FrameAnswer.Partial)
        {
            Settle(frameId, frame, answer, committedRegions, now, jitter);
        }

        return news;
    }

    /// <summary>The next frame, or null when there is none (yet). It counts as sent: the caller must send it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="backlogAllowed">False while backlog is held back by its pace.</param>
    public FramePlan? Next(DateTimeOffset now, bool backlogAllowed)
    {
        if (now < _notBefore || _inFlight.Count >= Window)
        {
            return null;
        }

        return NextLive(now) ?? (backlogAllowed && BacklogInFlight < BacklogWindow ? NextSuspect(now) ?? NextBacklog(now) : null);
    }

    /// <summary>
    /// The frame holds only these offsets of its plan: the rest did not fit, or is not in the journal any more. A receipt must
    /// never be taken for an entry that was not sent. Offsets before the last one sent that are not among them are
    /// <see cref="Absent"/> and not asked for again. With no offsets at all the frame is not sent.
    /// </summary>
    public FramePlan? Narrow(FramePlan plan, IEnumerable<long> offsets)
    {
        var sent = new OffsetRangeSet(offsets.Select(o => new OffsetRange(o, o)));
        var frame = _inFlight[plan.FrameId];
        Untrack(plan.FrameId, frame);
        var last = sent.Count == 0 ? long.MaxValue : sent.Ranges[^1].Last;
        foreach (var hole in plan.Ranges.SelectMany(sent.MissingWithin).Where(h => h.First < last))
        {
            _absent.Add(hole);
        }

        if (plan.IsLive && sent.Count > 0)
        {
            // What did not fit goes into the next live frame.
            _liveNext = Math.Min(_liveNext, last + 1);
        }

        if (sent.Count == 0)
        {
            return null;
        }

        var narrowed = plan with { Ranges = sent.Ranges };
        _inFlight[plan.FrameId] = frame with { Plan = narrowed };
        foreach (var region in narrowed.OwedRegions)
        {
            _regions[region].Track(narrowed.Ranges);
        }

        return narrowed;
    }

    private int Window => Math.Min(_credit, _options.WindowFrames);

    private int BacklogInFlight => _inFlight.Values.Count(f => !f.Plan.IsLive);

    private int BacklogWindow => Math.Max(1, Window - _options.LiveReserve);

    private int MaxEntries => Math.Min(_options.MaxFrameEntries, _maxFrameEntries);

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

    /// <summary>Entries of a rejected frame go one by one, so that the bad one is found and the others get through.</summary>
    private FramePlan? NextSuspect(DateTimeOffset now)
    {
        while (_suspects.Ranges is [var range, ..])
        {
            var one = new OffsetRange(range.First, range.First);
            _suspects.Remove(one);
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

    /// <summary>The oldest offsets that every one of <paramref name="regions"/> lacks and has no frame in flight for.</summary>
    private FramePlan? Gather(string[] regions, int max, DateTimeOffset now)
    {
        var states = Array.ConvertAll(regions, r => _regions[r]);
        var ranges = new List<OffsetRange>();
        var left = (long)max;
        for (var offset = FirstOffset; left > 0 && offset < _liveNext;)
        {
            var first = Math.Max(_absent.NextMissing(offset), Math.Max(_rejected.NextMissing(offset), _suspects.NextMissing(offset)));
            first = states.Aggregate(first, (o, s) => s.NextUncovered(o));
            if (first != offset)
            {
                offset = first;
                continue;
            }

            var end = Math.Min(_absent.NextPresent(first), Math.Min(_rejected.NextPresent(first), _suspects.NextPresent(first)));
            end = states.Aggregate(Math.Min(end, _liveNext), (e, s) => Math.Min(e, s.NextCovered(first)));
            var range = new OffsetRange(first, Math.Min(end, first + left) - 1);
            ranges.Add(range);
            left -= range.Count;
            offset = range.Last + 1;
        }

        return ranges.Count == 0 ? null : Send(ranges, regions, isLive: false, now);
    }

    private FramePlan Send(IReadOnlyList<OffsetRange> ranges, IReadOnlyList<string> owed, bool isLive, DateTimeOffset now)
    {
        var plan = new FramePlan(++_lastFrameId, ranges, owed, isLive);
        _inFlight[plan.FrameId] = new Sent(plan, now);
        foreach (var region in owed)
        {
            _regions[region].Track(ranges);
        }

        return plan;
    }

    private void Settle(ulong frameId, Sent frame, FrameAnswer answer, IReadOnlyList<string> committedRegions, DateTimeOffset now, double jitter)
    {
        Untrack(frameId, frame);
        switch (answer)
        {
            case FrameAnswer.Retry:
                _notBefore = now + (_options.RetryPause * (0.5 + jitter));
                break;
            case FrameAnswer.Rejected:
                var into = frame.Plan.Count == 1 ? _rejected : _suspects;
                foreach (var range in frame.Plan.Ranges)
                {
                    into.Add(range);
                }

                break;
            case FrameAnswer.Final:
                foreach (var region in frame.Plan.OwedRegions.Except(committedRegions))
                {
                    // It answered that it could not: leave it alone until it is said to be up, or the next probe.
                    _regions[region].Available = false;
                    _regions[region].ProbeAt = now + _options.StoreProbeInterval;
                    _regions[region].HoldUntil = now + (_options.RetryPause * (0.5 + jitter));
                }

                break;
        }
    }

    private void GiveUp(ulong frameId)
    {
        var frame = _inFlight[frameId];
        Untrack(frameId, frame);
        _givenUp[frameId] = frame;
        _givenUpOrder.Enqueue(frameId);
        if (_givenUpOrder.Count > RememberedFrames)
        {
            _givenUp.Remove(_givenUpOrder.Dequeue());
        }
    }

    private void Untrack(ulong frameId, Sent frame)
    {
        _inFlight.Remove(frameId);
        foreach (var region in frame.Plan.OwedRegions)
        {
            _regions[region].Untrack(frame.Plan.Ranges);
        }
    }

    private sealed record Sent(FramePlan Plan, DateTimeOffset At);
}
