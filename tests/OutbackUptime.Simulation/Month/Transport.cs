namespace OutbackUptime.Simulation.Month;

/// <summary>What becomes of what the hubs publish: the gateway journals it, and sends the newest first, then live, then history.</summary>
internal sealed class Transport
{
    private const double BacklogPerSecond = 300;
    private readonly List<(double From, double To)> _windows = [];
    private readonly MonthStation _station;
    private readonly SharedFaults _shared;
    private readonly Random _random;
    private readonly int _seconds;

    public Transport(MonthStation station, SharedFaults shared, Random random, int seconds)
    {
        (_station, _shared, _random, _seconds) = (station, shared, random, seconds);
        FindWindows();
        var sent = Receive();
        Deliver(sent);
        Sent = sent;
        // Its true verdict asks this of every second.
        InTime = new Outages(seconds);
        foreach (var (from, to) in _windows)
        {
            InTime.Add(from - 29, to - from + 28);
        }
    }

    /// <summary>All that was journaled, by the time of its receipt.</summary>
    public IReadOnlyList<Sent> Sent { get; }

    /// <summary>"Down" here means: a packet received in that second is in a store within 30 s.</summary>
    public Outages InTime { get; }

    private bool PathIsUp(int second) =>
        !_station.Gateway[second] && !_station.Link[second] && !_shared.NoBeat(second) && !_shared.Wedged[second] && !_shared.SecondsOfTakeover[second];

    private void FindWindows()
    {
        var second = 0;
        while (second < _seconds)
        {
            while (second < _seconds && !PathIsUp(second))
            {
                second++;
            }

            var from = second + (second == 0 ? 0 : 1 + (_random.NextDouble() * 7)); // connecting takes a while
            while (second < _seconds && PathIsUp(second))
            {
                second++;
            }

            if (second > from)
            {
                _windows.Add((from, second));
            }
        }
    }

    private List<Sent> Receive()
    {
        List<Sent> sent = [];
        for (var i = 0; i < _station.Hubs.Count; i++)
        {
            // A hub that finds no gateway tries again until it is back, for a minute; older packets it forgets.
            foreach (var at in _station.Hubs[i].Publishes)
            {
                if (!_station.Gateway[(int)at])
                {
                    sent.Add(new Sent { Hub = i, ReceivedAt = at });
                }
            }
        }

        Heartbeats(sent);
        sent.Sort((a, b) => a.ReceivedAt.CompareTo(b.ReceivedAt));
        return sent;
    }

    private void Heartbeats(List<Sent> sent)
    {
        var noticed = _station.Hubs.SelectMany(h => h.Noticed.Select(at => (h.Id, At: at))).Where(n => n.At < _seconds && !_station.Gateway[(int)n.At]).OrderBy(n => n.At).ToList();
        var nextNoticed = 0;
        double boot = -5_000;
        for (var at = 3.0; at < _seconds; at += 30 + (_random.NextDouble() * 0.2))
        {
            var wasOff = false;
            while (at < _seconds && _station.Gateway[(int)at])
            {
                (at, wasOff) = (Math.Floor(at) + 1, true);
            }

            // A power cut between two heartbeats, too.
            for (var second = (int)Math.Max(0, at - 30); second < (int)at && !wasOff; second++)
            {
                wasOff = _station.Gateway[second];
            }

            if (wasOff)
            {
                boot = at;
                while (_station.Gateway[(int)boot - 1] is false && at - boot < 31)
                {
                    boot--;
                }

                at = Math.Max(at, boot + 2);
            }

            if (at >= _seconds)
            {
                return;
            }

            List<(string, double)> gone = [];
            while (nextNoticed < noticed.Count && noticed[nextNoticed].At <= at)
            {
                if (noticed[nextNoticed].At >= boot)
                {
                    gone.Add(noticed[nextNoticed]);
                }

                nextNoticed++;
            }

            sent.Add(new Sent { Hub = -1, ReceivedAt = at, Uptime = Math.Floor(at - boot), LinkUp = LinkUp(at), Battery = Battery((int)at), Gone = gone });
        }
    }

    /// <summary>
    /// As the gateway believes: it notices a dead stream after some seconds; a region that only says RETRY answers, except while
    /// the gateway goes to the other one: about once a minute, for a second or two (decision 0013).
    /// </summary>
    private bool LinkUp(double at)
    {
        if (_shared.Wedged[(int)at] && _random.Next(30) == 0)
        {
            return false;
        }

        var noticedAfter = 4 + (_random.NextDouble() * 10);
        for (var second = (int)Math.Max(0, at - noticedAfter); second <= (int)at; second++)
        {
            if (!_station.Link[second] && !_shared.NoRegion(second))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Falls for an hour before an outage of power, when that is the battery's doing: every second time.</summary>
    private double Battery(int at)
    {
        for (var ahead = 0; ahead < 3_600; ahead += 60)
        {
            if (_station.Gateway[at + ahead] && (at + ahead) / 7_200 % 2 == 0)
            {
                return 12.4 - ((3_600 - ahead) / 3_600.0);
            }
        }

        return 12.7;
    }

    private void Deliver(List<Sent> sent)
    {
        var (next, backlog) = (0, new LinkedList<Sent>());
        foreach (var (from, to) in _windows)
        {
            for (; next < sent.Count && sent[next].ReceivedAt < from; next++)
            {
                backlog.AddLast(sent[next]);
            }

            // The newest packet of each hub.
            HashSet<int> hubs = [];
            for (var node = backlog.Last; node is not null && hubs.Count <= _station.Hubs.Count && from - node.Value.ReceivedAt < 3_600;)
            {
                var earlier = node.Previous;
                if (hubs.Add(node.Value.Hub) && from + 0.5 < to)
                {
                    node.Value.CommittedAt = from + 0.3;
                    backlog.Remove(node);
                }

                node = earlier;
            }

            for (var at = from + 1; at < to && backlog.First is { } first; at += 1 / BacklogPerSecond)
            {
                first.Value.CommittedAt = at;
                backlog.RemoveFirst();
            }

            for (; next < sent.Count && sent[next].ReceivedAt < to; next++)
            {
                var commit = sent[next].ReceivedAt + 0.15 + (_random.NextDouble() * 0.9) + (_random.Next(500) == 0 ? 6 : 0);
                if (commit < to)
                {
                    sent[next].CommittedAt = commit;
                }
                else
                {
                    backlog.AddLast(sent[next]);
                }
            }
        }
    }
}
