using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// Decides what a gateway sends next, to whom, and when it gives up on an answer. Knows per region which offsets are
/// committed; everything else is owed. Pure: journal, network and clock are the caller's.
/// </summary>
/// <remarks>
/// An offset is in at most one frame per region at a time. First goes the newest packet of each hub, then live packets (appended
/// after the connection came up) and those whose frame got no answer, then backlog (<see cref="BacklogOrder"/>), to all regions that
/// lack it at once, then to single ones. A store that is said to be down is named by an entry's first frame and then left alone
/// until it is said to be up, or a probe is due.
/// </remarks>
public sealed partial class UplinkSender
{
    // The newest packet of each hub leaves that many holes: with more ranges than this it waits its turn.
    private const int MaxRanges = 1024;

    private readonly UplinkSenderOptions _options;
    private readonly Dictionary<string, RegionProgress> _regions;
    private readonly string[] _names;
    private readonly SentFrames _sent = new();
    private readonly UrgentOffsets _newest = new();
    private readonly UrgentOffsets _again = new();
    private readonly BacklogOrder _order;
    private readonly OddOffsets _odd = new();
    private ulong _lastFrameId;
    private long _liveNext;
    private int _credit;
    private int _maxFrameEntries;
    private DateTimeOffset _notBefore;

    /// <param name="options">Limits.</param>
    /// <param name="committed">Per region what the journal knows to be committed. Copied.</param>
    /// <param name="firstOffset">Oldest offset kept; all below is committed everywhere.</param>
    /// <param name="nextOffset">Offset of the next entry.</param>
    /// <param name="readRuns">The hubs of the entries of a range, as far from its beginning as can cheaply be told; null: backlog goes oldest first.</param>
    public UplinkSender(
        UplinkSenderOptions options,
        IReadOnlyDictionary<string, OffsetRangeSet> committed,
        long firstOffset,
        long nextOffset,
        Func<OffsetRange, IReadOnlyList<HubRun>>? readRuns = null)
    {
        (_options, _order, _names) = (options, new BacklogOrder(readRuns), [.. committed.Keys]);
        _regions = committed.ToDictionary(c => c.Key, c => new RegionProgress(c.Value.Clone()), StringComparer.Ordinal);
        (FirstOffset, NextOffset, _liveNext) = (firstOffset, nextOffset, nextOffset);
    }

    /// <summary>Oldest offset that matters.</summary>
    public long FirstOffset { get; private set; }

    /// <summary>Offset of the next entry.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Frames without their final receipt.</summary>
    public int InFlight => _sent.Count;

    /// <summary>Frames in flight of which the region has said nothing at all.</summary>
    public int Unheard => _sent.Open.Count(f => !f.IsHeardOf);

    /// <summary>
    /// Whether something is owed that the region spoken to should be able to commit: an entry that no store has, or one for a store
    /// that is said to be up. What only a store that is down lacks is no reason to leave a region.
    /// </summary>
    public bool OwesReachable
    {
        get
        {
            var up = _regions.Values.Where(r => r.Available).ToArray();
            var offset = FirstOffset;
            for (var last = -1L; offset != last && offset < NextOffset;)
            {
                last = offset;
                offset = _odd.Absent.NextMissing(_odd.Rejected.NextMissing(offset));
                offset = up.Length > 0 ? up.Min(r => r.Committed.NextMissing(offset)) : _regions.Values.Max(r => r.Committed.NextMissing(offset));
            }

            return offset < NextOffset;
        }
    }

    /// <summary>Not before this a frame is sent again, after a RETRY.</summary>
    public DateTimeOffset PausedUntil => _notBefore;

    /// <summary>Offsets that a region refuses even alone. They stay in the journal and are not sent again.</summary>
    public IReadOnlyList<OffsetRange> Rejected => _odd.Rejected.Ranges;

    /// <summary>Offsets that should be in the journal and are not.</summary>
    public IReadOnlyList<OffsetRange> Absent => _odd.Absent.Ranges;

    /// <summary>What is known to be committed in a region.</summary>
    public OffsetRangeSet Committed(string region) => _regions[region].Committed;

    /// <summary>Whether the region's store is said to be up.</summary>
    public bool IsAvailable(string region) => _regions[region].Available;

    /// <summary>The journal has grown.</summary>
    public void OnAppended(long nextOffset) => NextOffset = Math.Max(NextOffset, nextOffset);

    /// <summary>The journal has been trimmed.</summary>
    public void OnTrimmed(long firstOffset) => FirstOffset = Math.Max(FirstOffset, firstOffset);

    /// <summary>A connection is up: what is appended from now on is live, what is there is backlog.</summary>
    /// <param name="credit">Frames without their final receipt that the region allows.</param>
    /// <param name="maxFrameEntries">Most entries of a frame that it takes.</param>
    /// <param name="newest">The newest packet's offset of each hub.</param>
    public void OnStreamUp(int credit, int maxFrameEntries, IEnumerable<long>? newest = null)
    {
        OnStreamDown();
        (_credit, _maxFrameEntries, _liveNext, _notBefore) = (credit, Math.Max(1, maxFrameEntries), NextOffset, DateTimeOffset.MinValue);
        _newest.Clear();
        var room = MaxRanges - _regions.Values.Max(r => r.Committed.Ranges.Count);
        foreach (var offset in newest is null ? [] : newest.OrderDescending().Take(Math.Max(0, room)))
        {
            _newest.Add(new OffsetRange(offset, offset));
        }
    }

    /// <summary>The connection is gone: the outcome of what was in flight is unknown, and all of it is owed again.</summary>
    public void OnStreamDown()
    {
        foreach (var frame in _sent.Open.ToArray())
        {
            GiveUp(frame, staysOnCredit: false);
        }

        _sent.OnStreamDown();
        _credit = 0;
    }

    /// <summary>News about a region's store.</summary>
    public void OnStoreState(string region, bool available)
    {
        if (_regions.TryGetValue(region, out var state))
        {
            if (available && !state.Available)
            {
                _newest.OnStoreUp();
                _again.OnStoreUp();
            }

            state.Available = available;
        }
    }

    /// <summary>New credit.</summary>
    public void OnCredit(int credit) => _credit = credit;

    /// <summary>When a frame that is in flight was sent.</summary>
    public DateTimeOffset? SentAt(ulong frameId) => _sent.FindOpen(frameId)?.At;

    /// <summary>
    /// Gives up frames whose answer is overdue; returns how many were not answered at all. Where only some stores' answer is overdue
    /// the connection is well: those stores count as down, and the frame stays on the region's credit.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How long an answer may take; null: <see cref="UplinkSenderOptions.FrameTimeout"/>.</param>
    /// <param name="onlyHeardOf">Only those of which some stores' answer is there: whether the others are lost, a <see cref="WedgeWatch"/> decides.</param>
    public int OnTick(DateTimeOffset now, TimeSpan? limit = null, bool onlyHeardOf = false)
    {
        var overdue = _sent.Open.Where(f => now - f.At >= (limit ?? _options.FrameTimeout) && (f.IsHeardOf || !onlyHeardOf)).ToArray();
        foreach (var frame in overdue)
        {
            GiveUp(frame, staysOnCredit: true);
            if (frame.IsHeardOf)
            {
                LeaveAlone(frame.Plan.OwedRegions.Except(frame.Committed), now, jitter: 0.5);
            }
        }

        return overdue.Count(f => !f.IsHeardOf);
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
        var open = _sent.FindOpen(frameId);
        if ((open ?? _sent.FindGivenUp(frameId)) is not { } frame)
        {
            return [];
        }

        frame.OnHeard(committedRegions);
        var news = new List<CommittedNews>();
        foreach (var region in frame.Plan.OwedRegions.Where(committedRegions.Contains))
        {
            // Not Any(): every range must be added.
            if (frame.Plan.Ranges.Sum(_regions[region].Committed.Add) > 0)
            {
                news.Add(new CommittedNews(region, frame.Plan.Ranges));
            }
        }

        if (answer != FrameAnswer.Partial)
        {
            _sent.Close(frameId);
            if (open is not null)
            {
                Settle(open, answer, committedRegions, now, jitter);
            }
        }

        return news;
    }

    /// <summary>
    /// The frame holds only these offsets of its plan: the rest did not fit, or is not in the journal any more. A receipt must
    /// never be taken for an entry that was not sent. Offsets before the last one sent that are not among them are
    /// <see cref="Absent"/> and not asked for again. With no offsets at all the frame is not sent.
    /// </summary>
    public FramePlan? Narrow(FramePlan plan, IEnumerable<long> offsets)
    {
        var sent = new OffsetRangeSet(offsets.Select(o => new OffsetRange(o, o)));
        var frame = _sent.FindOpen(plan.FrameId)!;
        Untrack(frame);
        var last = sent.Count == 0 ? long.MaxValue : sent.Ranges[^1].Last;
        foreach (var hole in plan.Ranges.SelectMany(sent.MissingWithin).Where(h => h.First < last))
        {
            _odd.Absent.Add(hole);
        }

        if (sent.Count == 0)
        {
            return null;
        }

        LeaveForLater(plan, (int)sent.Count, last);
        var narrowed = plan with { Ranges = sent.Ranges };
        _sent.Add(frame.With(narrowed));
        foreach (var region in narrowed.OwedRegions)
        {
            _regions[region].Track(narrowed.Ranges);
        }

        return narrowed;
    }

    /// <summary>What did not fit into a live frame, by bytes, goes into the next one.</summary>
    private void LeaveForLater(FramePlan plan, int fitted, long last)
    {
        if (!plan.IsLive)
        {
            if (plan.Ranges[^1].Last > last)
            {
                _order.OnCut(fitted);
            }

            return;
        }

        foreach (var rest in plan.Ranges.Where(r => r.Last > last))
        {
            _again.Add(rest with { First = Math.Max(rest.First, last + 1) });
        }
    }

    private void Settle(SentFrame frame, FrameAnswer answer, IReadOnlyList<string> committedRegions, DateTimeOffset now, double jitter)
    {
        Untrack(frame);
        switch (answer)
        {
            case FrameAnswer.Retry:
                _notBefore = now + (_options.RetryPause * (0.5 + jitter));
                SendAgain(frame);
                break;
            case FrameAnswer.Rejected:
                _odd.OnRejected(frame.Plan);
                break;
            case FrameAnswer.Final:
                LeaveAlone(frame.Plan.OwedRegions.Except(committedRegions), now, jitter);
                break;
        }
    }

    /// <summary>They answered that they could not: nothing for them until they are said to be up, or the next probe.</summary>
    private void LeaveAlone(IEnumerable<string> regions, DateTimeOffset now, double jitter)
    {
        foreach (var region in regions)
        {
            _regions[region].Available = false;
            _regions[region].ProbeAt = now + _options.StoreProbeInterval;
            _regions[region].HoldUntil = now + (_options.RetryPause * (0.5 + jitter));
        }
    }

    private void GiveUp(SentFrame frame, bool staysOnCredit)
    {
        Untrack(frame);
        _sent.GiveUp(frame, staysOnCredit);
        SendAgain(frame);
    }

    /// <summary>A live packet stays one: it must not wait for the pace of backlog because a region gave no answer.</summary>
    private void SendAgain(SentFrame frame)
    {
        foreach (var range in frame.Plan.IsLive ? frame.Plan.Ranges : [])
        {
            _again.Add(range);
        }
    }

    private void Untrack(SentFrame frame)
    {
        _sent.Close(frame.Plan.FrameId);
        foreach (var region in frame.Plan.OwedRegions)
        {
            _regions[region].Untrack(frame.Plan.Ranges);
        }
    }
}
