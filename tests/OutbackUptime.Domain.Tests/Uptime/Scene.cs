using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Tests.Uptime;

/// <summary>A station with evidence written down first and fed afterwards, in whatever order. Seconds count from 08:00.</summary>
internal sealed class Scene
{
    private readonly List<(double CommittedAt, Action<StationUptime> Feed)> _evidence = [];
    private readonly List<Hub> _hubs = [];

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public UptimeOptions Options { get; init; } = new() { Hours = 26 };

    public IReadOnlyList<Hub> Hubs => _hubs;

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public Scene Hub(string id, double intervalSeconds = 30)
    {
        _hubs.Add(new Hub(id, TimeSpan.FromSeconds(intervalSeconds)));
        return this;
    }

    /// <summary>Packets from a second to before another, every so many; committed after 1 s, or not before a time.</summary>
    public Scene Packets(string hub, double from, double to, double every = 30, double committed = 0)
    {
        for (var at = from; at < to; at += every)
        {
            var (received, commit) = (at, Math.Max(at + 1, committed));
            _evidence.Add((commit, judge => judge.OnPacket(hub, At(received), At(commit))));
        }

        return this;
    }

    public Scene Heartbeats(double from, double to, double boot = -100_000, bool linkUp = true, double? battery = null, double committed = 0)
    {
        for (var at = from; at < to; at += 30)
        {
            var (received, commit) = (at, Math.Max(at + 1, committed));
            var heartbeat = new GatewayHeartbeat(TimeSpan.FromSeconds(at - boot), linkUp, battery, new Dictionary<string, bool>(), new Dictionary<string, DateTimeOffset>());
            _evidence.Add((commit, judge => judge.OnHeartbeat(heartbeat, At(received), At(commit))));
        }

        return this;
    }

    public Scene Beats(double from, double to, string region = "syd")
    {
        for (var at = from; at < to; at += 5)
        {
            var beat = at;
            _evidence.Add((beat, judge => judge.OnRegionBeat(region, At(beat))));
        }

        return this;
    }

    public Scene Gone(string hub, double at)
    {
        _evidence.Add((at + 1, judge => judge.OnHubGone(hub, At(at))));
        return this;
    }

    /// <summary>A judge that begins at 08:00 and has been fed nothing.</summary>
    public StationUptime NewJudge(double now = 0)
    {
        var judge = new StationUptime(Options, At(now));
        judge.SetHubs(_hubs, At(now));
        judge.OnRead(At(now));
        return judge;
    }

    /// <summary>Feeds what is committed by <paramref name="to"/>, asking every <paramref name="step"/> s, and returns what stands at the end.</summary>
    public Dictionary<(string Hub, int Minute), (Verdict Verdict, bool Late)> Live(StationUptime judge, double to, double from = 0, double step = 5)
    {
        Dictionary<(string, int), (Verdict, bool)> stands = [];
        foreach (var told in Told(judge, to, from, step))
        {
            stands[(told.Verdict.Hub, MinuteOf(told.Verdict))] = (told.Verdict.Verdict, told.Verdict.Late);
        }

        return stands;
    }

    public IEnumerable<(double At, MinuteVerdict Verdict)> Told(StationUptime judge, double to, double from = 0, double step = 5)
    {
        for (var now = from + step; now <= to; now += step)
        {
            foreach (var (_, feed) in _evidence.Where(e => e.CommittedAt > now - step && e.CommittedAt <= now))
            {
                feed(judge);
            }

            do
            {
                foreach (var verdict in judge.Judge(At(now)))
                {
                    yield return (now, verdict);
                }
            }
            while (judge.HasMore);
        }
    }

    /// <summary>Feeds everything at once, in the order given, then judges.</summary>
    public Dictionary<(string Hub, int Minute), (Verdict Verdict, bool Late)> AtOnce(double now, Func<int, IEnumerable<int>>? order = null, int judgeAfter = int.MaxValue)
    {
        var judge = NewJudge();
        judge.OnRead(At(now));
        Dictionary<(string, int), (Verdict, bool)> stands = [];
        var fed = 0;
        foreach (var i in order is null ? Enumerable.Range(0, _evidence.Count) : order(_evidence.Count))
        {
            _evidence[i].Feed(judge);
            if (++fed % judgeAfter == 0)
            {
                judge.OnRead(At(now));
                Judge();
            }
        }

        judge.OnRead(At(now));
        Judge();
        return stands;

        void Judge()
        {
            do
            {
                foreach (var verdict in judge.Judge(At(now)))
                {
                    stands[(verdict.Hub, MinuteOf(verdict))] = (verdict.Verdict, verdict.Late);
                }
            }
            while (judge.HasMore);
        }
    }

    public void FeedAll(StationUptime judge)
    {
        foreach (var (_, feed) in _evidence)
        {
            feed(judge);
        }
    }

    public static int MinuteOf(MinuteVerdict verdict) => (int)Math.Floor((verdict.Minute - Start).TotalMinutes);
}
