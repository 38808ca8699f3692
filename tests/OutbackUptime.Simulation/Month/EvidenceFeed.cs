using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Simulation.Month;

/// <summary>What stores hold at a time, and how it reaches a judge: out of order, and some of it twice.</summary>
internal sealed class EvidenceFeed
{
    private readonly MonthStation _station;
    private readonly SharedFaults _shared;
    private readonly Random _random;
    private readonly IReadOnlyList<Sent> _byReceipt;
    private readonly List<Sent> _byCommit;
    private int _next;

    public EvidenceFeed(MonthStation station, SharedFaults shared, IReadOnlyList<Sent> sent, Random random)
    {
        (_station, _shared, _byReceipt, _random) = (station, shared, sent, random);
        _byCommit = [.. sent.Where(s => double.IsFinite(s.CommittedAt)).OrderBy(s => s.CommittedAt)];
    }

    public static DateTimeOffset At(double second) => MonthRun.Start.AddSeconds(second);

    /// <summary>What was committed since the last call.</summary>
    public void FeedNews(StationUptime? judge, int from, int now)
    {
        var first = _next;
        while (_next < _byCommit.Count && _byCommit[_next].CommittedAt <= now)
        {
            _next++;
        }

        if (judge is null)
        {
            return;
        }

        var news = _byCommit[first.._next];
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(news));
        foreach (var sent in news)
        {
            Feed(judge, sent, sent.CommittedAt);
            if (_random.Next(100) == 0)
            {
                Feed(judge, sent, sent.CommittedAt + 1_000); // committed again, in the other region or after a takeover
            }
        }

        Beats(judge, from - 2, now - 2);
    }

    /// <summary>What stores hold of a span by the time of receipt, and what was committed in its last 2 h.</summary>
    public void FeedUnread(StationUptime judge, MinuteRange range, int now)
    {
        FeedStored(judge, range, now);
        var from = (range.From - MonthRun.Start).TotalSeconds;
        foreach (var sent in _byCommit.Where(s => s.CommittedAt >= now - 7_200 && s.CommittedAt <= now && s.ReceivedAt < from))
        {
            Feed(judge, sent, sent.CommittedAt);
        }
    }

    /// <summary>What stores hold of a span by the time of receipt.</summary>
    public void FeedStored(StationUptime judge, MinuteRange range, int now)
    {
        var (from, to) = ((range.From - MonthRun.Start).TotalSeconds, (range.To - MonthRun.Start).TotalSeconds);
        for (var i = IndexOf(from); i < _byReceipt.Count && _byReceipt[i].ReceivedAt < to; i++)
        {
            if (_byReceipt[i].CommittedAt <= now)
            {
                Feed(judge, _byReceipt[i], _byReceipt[i].CommittedAt);
            }
        }

        Beats(judge, (int)Math.Max(0, from), (int)Math.Min(to, now));
    }

    private int IndexOf(double receivedAt)
    {
        var (low, high) = (0, _byReceipt.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byReceipt[middle].ReceivedAt < receivedAt ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Beats(StationUptime judge, int from, int to)
    {
        for (var second = (from + 4) / 5 * 5; second < to; second += 5)
        {
            if (!_shared.NoBeat(second))
            {
                judge.OnRegionBeat(_shared.Sydney[second] ? "mel" : "syd", At(second));
            }
        }
    }

    private void Feed(StationUptime judge, Sent sent, double committedAt)
    {
        if (sent.Hub >= 0)
        {
            judge.OnPacket(_station.Hubs[sent.Hub].Id, At(sent.ReceivedAt), At(committedAt));
            return;
        }

        var gone = sent.Gone.DistinctBy(g => g.Hub).ToDictionary(g => g.Hub, g => At(g.At));
        judge.OnHeartbeat(
            new GatewayHeartbeat(TimeSpan.FromSeconds(sent.Uptime), sent.LinkUp, sent.Battery, new Dictionary<string, bool>(), gone),
            At(sent.ReceivedAt),
            At(committedAt));
    }
}
