using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Simulation.Month;

/// <summary>A month of one station, judged every three minutes by evaluators that come and go.</summary>
internal sealed class MonthRun
{
    public const int Days = 30;
    private const int Step = 180;
    private static readonly HubKind[] s_kinds =
        [HubKind.Steady, HubKind.Jittery, HubKind.SleepsAtNight, HubKind.Slow, HubKind.BrownsOut, HubKind.Missing];

    // The last hours are without faults: the backlog has arrived.
    private readonly int _seconds = (Days * 86_400) + 21_600;
    private readonly Random _random;
    private readonly MonthStation _station;
    private readonly SharedFaults _shared;
    private readonly Truth _truth;
    private readonly EvidenceFeed _feed;
    private readonly UptimeOptions _options = new();
    private readonly Dictionary<string, int> _indices;
    private readonly byte[][] _stored;
    private readonly Hub[] _hubs;
    private StationUptime? _judge;

    public MonthRun(int seed)
    {
        _random = new Random(seed);
        _shared = new SharedFaults(new Random(_random.Next()), Days * 86_400);
        _station = new MonthStation(new Random(_random.Next()), Days * 86_400, s_kinds);
        var transport = new Transport(_station, _shared, new Random(_random.Next()), _seconds);
        _truth = new Truth(_station, _shared, transport);
        _feed = new EvidenceFeed(_station, _shared, transport.Sent, new Random(_random.Next()));
        _indices = _station.Hubs.Select((h, i) => (h.Id, i)).ToDictionary(h => h.Id, h => h.i);
        _stored = [.. _station.Hubs.Select(_ => new byte[_seconds / 60])];
        _hubs = [.. _station.Hubs.Select(h => new Hub(h.Id, h.Interval))];
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>After the backlog.</summary>
    public ConfusionMatrix Settled { get; } = new();

    /// <summary>As it was told first.</summary>
    public ConfusionMatrix Live { get; } = new();

    public int Takeovers { get; private set; }

    public int HoursJudgedAnew { get; private set; }

    public Action<string>? Explain { get; init; }

    public MonthRun Run()
    {
        var awayUntil = 0;
        for (var now = Step; now < _seconds; now += Step)
        {
            if (_shared.NoRegion(now) || now < awayUntil)
            {
                _feed.FeedNews(null, now - Step, now);
                continue;
            }

            if (_random.Next(6_700) == 0)
            {
                awayUntil = now + 1_200; // the same evaluator, stuck
            }

            if (_judge is null || (_shared.Sydney[now] && !_shared.Sydney[now - Step]) || _random.Next(1_350) == 0)
            {
                TakeOver(now);
            }

            _feed.FeedNews(_judge, now - Step, now);
            Judge(now);
        }

        Compare();
        return this;
    }

    private void TakeOver(int now)
    {
        Takeovers++;
        _judge = new StationUptime(_options, EvidenceFeed.At(now));
        _judge.SetHubs(_hubs, EvidenceFeed.At(now));
        _judge.Recover(Told(Math.Max(0, (now / 60) - (_options.Hours * 60)), now / 60));
    }

    private void Judge(int now)
    {
        var at = EvidenceFeed.At(now);
        if (_judge!.Unread(at) is { } unread)
        {
            _judge.OnRead(at);
            _feed.FeedUnread(_judge, unread, now);
        }

        do
        {
            Store(_judge.Judge(at));
        }
        while (_judge.HasMore);

        while (_judge.TakePast(at) is { } past)
        {
            HoursJudgedAnew += (int)(past.To - past.From).TotalHours;
            Store(PastUptime.Judge(
                _options, _hubs, past, Told(MinuteOf(past.From), MinuteOf(past.To)), judge => _feed.FeedStored(judge, PastUptime.Evidence(past), now)));
        }
    }

    private static int MinuteOf(DateTimeOffset at) => Math.Max(0, (int)(at - Start).TotalMinutes);

    private void Store(IReadOnlyList<MinuteVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            var minute = (int)(verdict.Minute - Start).TotalMinutes;
            if (minute < 0)
            {
                throw new InvalidOperationException($"a verdict on {verdict.Minute:O}, before anything began");
            }

            var stored = _stored[_indices[verdict.Hub]];
            if (stored[minute] == 0 && minute < Days * 1_440)
            {
                Live.Add(_truth.Of(_station.Hubs[_indices[verdict.Hub]], minute), verdict.Verdict);
            }

            stored[minute] = (byte)((byte)verdict.Verdict | (verdict.Late ? 8 : 0));
        }
    }

    /// <summary>What is stored of some minutes, and each hub's last verdict before them.</summary>
    private IEnumerable<MinuteVerdict> Told(int from, int to)
    {
        for (var hub = 0; hub < _stored.Length; hub++)
        {
            var before = from - 1;
            while (before >= 0 && (_stored[hub][before] & 7) is 0 or 7)
            {
                before--;
            }

            for (var minute = before; minute < to; minute = Math.Max(minute + 1, from))
            {
                if (minute >= 0 && _stored[hub][minute] is not 0 and var told)
                {
                    yield return new MinuteVerdict(_station.Hubs[hub].Id, Start.AddMinutes(minute), (Verdict)(told & 7), (told & 8) != 0);
                }
            }
        }
    }

    private void Compare()
    {
        for (var hub = 0; hub < _stored.Length; hub++)
        {
            var (wrongSince, wrong) = (0, default((Verdict, Verdict)?));
            for (var minute = 5; minute < Days * 1_440; minute++)
            {
                var (truth, told) = (_truth.Of(_station.Hubs[hub], minute), (Verdict)(_stored[hub][minute] & 7));
                Settled.Add(truth, told);
                (Verdict, Verdict)? now = truth == told ? null : (truth, told);
                if (now != wrong)
                {
                    if (wrong is { } was)
                    {
                        Explain?.Invoke($"{_station.Hubs[hub].Kind} {wrongSince}..{minute - 1} ({minute - wrongSince}): {was.Item1} told as {was.Item2}");
                    }

                    (wrongSince, wrong) = (minute, now);
                }
            }
        }
    }
}
