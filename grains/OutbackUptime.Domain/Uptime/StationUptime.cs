using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Decides for one station, for each hub and minute, which hop was the first dead one (docs/uptime.md). Verdicts are a function of
/// the evidence kept and of now: the order and repetition of what comes in changes nothing, and what comes late corrects what was
/// told. Not thread-safe.
/// <para>
/// Memory: 4 bytes a hub and minute and 7 a minute over <see cref="UptimeOptions.Hours"/>, so some 0.25 MB for 20 hubs and 48 h.
/// Evidence that is older is not kept: <see cref="TakePast"/> names the hours to be judged anew from the store by
/// <see cref="PastUptime"/>.
/// </para>
/// </summary>
public sealed partial class StationUptime
{
    // Evidence this far ahead of the last call that told the time is not believed; it also bounds memory.
    private static readonly TimeSpan s_farAhead = TimeSpan.FromMinutes(10);

    // Judged less often than this, something has been missed: it is read again from the store first.
    private static readonly TimeSpan s_away = TimeSpan.FromMinutes(3);

    // The first hours kept are only what the others are judged by: without what was before them they would be judged wrongly.
    private static readonly long s_context = (long)PastUptime.Margin.TotalSeconds / Slots.Seconds;

    // Evidence for hours that are not judged here any more and committed longer ago than this has been seen by an earlier judge.
    private static readonly TimeSpan s_oldNews = TimeSpan.FromHours(2);

    private readonly UptimeOptions _options;
    private readonly StationEvidence _station;
    private readonly Dictionary<string, HubRecord> _hubs = new(StringComparer.Ordinal);
    private readonly OffsetRangeSet _dirty = new();
    private readonly OffsetRangeSet _heard = new();
    private readonly PastHours _past = new();
    private long _now;
    private DateTimeOffset? _readTo;
    private long? _tail;

    /// <param name="options">The rules' limits.</param>
    /// <param name="now">The time.</param>
    public StationUptime(UptimeOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Hours, 5);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinutesPerJudge, 1);
        _options = options;
        _now = Slots.Of(now);
        _station = new StationEvidence(options);
    }

    /// <summary>Whether the last <see cref="Judge"/> left work for the next.</summary>
    public bool HasMore => _readTo is not null && (_dirty.Count > 0 || _hubs.Values.Any(h => h.Dirty.Count > 0));

    private long WindowFirst => (Slots.FloorDivide(_now, Slots.PerHour) - _options.Hours + 1) * Slots.PerHour;

    private long JudgedFirst => WindowFirst + s_context;

    /// <summary>The hubs that the registry has now. Those that left are forgotten: nothing more is told of them.</summary>
    public void SetHubs(IEnumerable<Hub> hubs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hubs);
        Advance(now);
        var registered = hubs.Where(h => !ReservedHubs.Contains(h.Id)).Take(_options.MaxHubs).ToDictionary(h => h.Id, StringComparer.Ordinal);
        foreach (var gone in _hubs.Keys.Where(id => !registered.ContainsKey(id)).ToArray())
        {
            _hubs.Remove(gone);
        }

        foreach (var hub in registered.Values)
        {
            if (_hubs.TryGetValue(hub.Id, out var known))
            {
                known.Interval = hub.Interval;
            }
            else
            {
                _hubs[hub.Id] = new HubRecord(hub.Id, hub.Interval, Slots.MinuteOf(now));
            }
        }
    }

    /// <summary>A hub's packet is in a store.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="receivedAt">When the gateway received it.</param>
    /// <param name="committedAt">When the first store that has it committed it.</param>
    public void OnPacket(string hub, DateTimeOffset receivedAt, DateTimeOffset committedAt)
    {
        if (!IsKept(receivedAt, committedAt))
        {
            return;
        }

        var inTime = IsInTime(receivedAt, committedAt);
        AddPoint(Slots.Of(receivedAt), inTime);
        if (_hubs.TryGetValue(hub, out var record))
        {
            record.AddPoint(receivedAt, inTime);
        }
    }

    /// <summary>A gateway's heartbeat is in a store.</summary>
    /// <param name="heartbeat">What it says.</param>
    /// <param name="receivedAt">When the gateway journaled it.</param>
    /// <param name="committedAt">When the first store that has it committed it.</param>
    public void OnHeartbeat(GatewayHeartbeat heartbeat, DateTimeOffset receivedAt, DateTimeOffset committedAt)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        if (!IsKept(receivedAt, committedAt))
        {
            return;
        }

        if (!_station.HasHeartbeats)
        {
            // From now on a silence may be told apart: what was `unknown` so far is judged anew.
            _heard.Add(new OffsetRange(JudgedFirst / Slots.PerMinute, Slots.MinuteOf(_now)));
            _dirty.Add(new OffsetRange(JudgedFirst / Slots.PerMinute, Slots.MinuteOf(_now)));
        }

        var boot = heartbeat.Uptime < receivedAt - DateTimeOffset.UnixEpoch ? receivedAt - heartbeat.Uptime : DateTimeOffset.UnixEpoch;
        if (_station.AddHeartbeat(heartbeat, Slots.Of(receivedAt), Slots.Of(boot), IsInTime(receivedAt, committedAt), WindowFirst))
        {
            MarkHeard(Slots.MinuteOf(receivedAt));
            MarkHeard(Slots.MinuteOf(boot));
        }

        foreach (var (hub, at) in heartbeat.Gone)
        {
            OnHubGone(hub, at < receivedAt ? at : receivedAt);
        }
    }

    /// <summary>A hub's connection to its gateway was lost, or its last will came.</summary>
    public void OnHubGone(string hub, DateTimeOffset at)
    {
        if (_hubs.TryGetValue(hub, out var record) && IsKept(at))
        {
            record.AddGone(Slots.Of(at));
        }
    }

    /// <summary>
    /// A silo of a region wrote a beat to some store. Only beats that stand in a store count: silos whose stores are all down beat
    /// as little as those that are down.
    /// </summary>
    public void OnRegionBeat(string region, DateTimeOffset at)
    {
        if (IsKept(at) && _station.AddBeat(Slots.Of(at)))
        {
            MarkDirty(Slots.MinuteOf(at));
        }
    }

    /// <summary>Takes over what an earlier judge told: nothing is told again that is the same.</summary>
    /// <param name="stored">Verdicts of the last <see cref="UptimeOptions.Hours"/>; at least each hub's last one, however old.</param>
    public void Recover(IEnumerable<MinuteVerdict> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        foreach (var verdict in stored)
        {
            if (!_hubs.TryGetValue(verdict.Hub, out var hub))
            {
                continue;
            }

            var minute = Slots.MinuteOf(verdict.Minute);
            hub.RegisteredBy(minute);
            if (verdict.Verdict != Verdict.Unknown)
            {
                hub.HeardBefore(minute * Slots.PerMinute);
                _station.HeardBefore(minute * Slots.PerMinute);
            }

            if (minute * Slots.PerMinute >= WindowFirst)
            {
                hub.Book.At(minute).Told = Tell(verdict.Verdict, verdict.Late);
            }
        }
    }

    /// <summary>
    /// What must be fed from the store before this judge judges again, when it is new or has not been asked for 3 min: all packets,
    /// heartbeats and beats that were received in this range, and those committed in its last 2 h, whenever they were received (a
    /// backlog of older hours that nobody saw arrive). Some of it twice does no harm. Null when it is up to date.
    /// </summary>
    public MinuteRange? Unread(DateTimeOffset now)
    {
        var oldest = Slots.MinuteStart((Slots.MinuteOf(now) / 60 * 60) - ((_options.Hours - 1) * 60));
        return _readTo is { } readTo && now - readTo <= s_away ? null : new MinuteRange(oldest, Slots.MinuteStart(Slots.MinuteOf(now) + 1));
    }

    /// <summary>The caller has fed all that stores hold of the time before <paramref name="upTo"/>, and feeds what comes after.</summary>
    public void OnRead(DateTimeOffset upTo)
    {
        Advance(upTo);
        _readTo = upTo;
        _tail ??= JudgedFirst / Slots.PerMinute;
    }

    /// <summary>
    /// Hours before those kept of which evidence came: to be judged anew from the store by <see cref="PastUptime"/>, at most 6 h at
    /// once. Named when it has been quiet for a minute, so that a backlog has passed, or after a quarter of an hour. Null when there are none.
    /// </summary>
    public MinuteRange? TakePast(DateTimeOffset now) => _past.Take(now);

    private static byte Tell(Verdict verdict, bool late) => (byte)((byte)verdict | (late ? 8 : 0));

    private bool IsInTime(DateTimeOffset receivedAt, DateTimeOffset committedAt) => committedAt - receivedAt <= _options.Grace;

    /// <summary>Whether evidence of that time is kept; if it is too old, its hour is put down as one to be judged anew.</summary>
    private bool IsKept(DateTimeOffset at, DateTimeOffset? committedAt = null)
    {
        if (at - Slots.Start(_now) > s_farAhead)
        {
            return false;
        }

        if (Slots.Of(at) < JudgedFirst && committedAt is { } committed && Slots.Start(_now) - committed < s_oldNews)
        {
            _past.Add(at, Slots.Start(_now));
        }

        return Slots.Of(at) >= WindowFirst;
    }

    private void Advance(DateTimeOffset now)
    {
        var slot = Slots.Of(now);
        if (slot <= _now)
        {
            return;
        }

        var before = WindowFirst;
        _now = slot;
        if (WindowFirst > before)
        {
            Forget(WindowFirst / Slots.PerMinute, JudgedFirst / Slots.PerMinute);
        }
    }

    /// <summary>
    /// Forgets the evidence before one minute and judges none before another any more: what came for those and was not judged yet is
    /// to be judged from the store.
    /// </summary>
    private void Forget(long before, long minute)
    {
        var old = new OffsetRange(long.MinValue / 2, minute - 1);
        foreach (var unjudged in _hubs.Values.Select(h => h.Dirty).Append(_heard))
        {
            foreach (var range in unjudged.Ranges.TakeWhile(r => r.First < minute))
            {
                for (var hour = Slots.FloorDivide(range.First, 60); hour <= Slots.FloorDivide(Math.Min(range.Last, minute - 1), 60); hour++)
                {
                    _past.Add(Slots.MinuteStart(hour * 60), Slots.Start(_now));
                }
            }

            unjudged.Remove(old);
        }

        _dirty.Remove(old);
        _station.Book.ForgetBefore(before);
        foreach (var hub in _hubs.Values)
        {
            hub.Book.ForgetBefore(before);
        }
    }

    private void AddPoint(long slot, bool inTime)
    {
        if (_station.AddPoint(slot, inTime))
        {
            MarkHeard(Slots.MinuteOf(slot));
        }
    }

    /// <summary>Evidence of the gateway: it may change verdicts back to the sign of life before, however long ago.</summary>
    private void MarkHeard(long minute)
    {
        MarkDirty(minute);
        if (minute * Slots.PerMinute >= JudgedFirst)
        {
            _heard.Add(new OffsetRange(minute, minute));
        }
    }

    private void MarkDirty(long minute)
    {
        if (minute * Slots.PerMinute >= JudgedFirst)
        {
            _dirty.Add(new OffsetRange(minute, minute));
        }
    }
}
