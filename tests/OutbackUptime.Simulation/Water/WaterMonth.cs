using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Simulation.Water;

/// <summary>
/// A month of a station's water in compressed time: physics, faults, radio, link outages with backlog newest first, takeovers to an
/// activation that knows only what the stores hold.
/// </summary>
internal sealed class WaterMonth
{
    private const int Days = 30;
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random;
    private readonly AlertLimits _limits;
    private readonly WaterStation _station;
    private readonly List<Fault> _faults;
    private readonly List<SimPacketOfWater> _held = [];
    private readonly List<SimPacketOfWater> _stored = [];
    private readonly Dictionary<string, Alert> _alertStates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Verdict Cause, DateTimeOffset Since)> _verdicts = new(StringComparer.Ordinal);
    private AlertBook _book;

    public WaterMonth(int seed, AlertLimits? limits = null)
    {
        _random = new Random(seed);
        _limits = limits ?? new AlertLimits();
        var weather = new Weather(_random, Days + 1);
        _station = new WaterStation(_random, weather);
        _faults = FaultPlan.Of(_random, 3, Days);
        _book = new AlertBook(_station.Registered, _limits);
    }

    public WaterMonthResult Run()
    {
        var result = new WaterMonthResult(_faults);
        var nextTakeover = 1440 + _random.Next(2880);
        for (var minute = 0; minute < Days * 1440; minute++)
        {
            var time = s_start.AddMinutes(minute);
            _station.Step(minute, _faults);
            Carry(minute, time);
            Judge(minute, time);
            if (minute == nextTakeover)
            {
                TakeOver(time, minute, result);
                result.Takeovers++;
                nextTakeover += 720 + _random.Next(4000);
            }

            if (minute % 5 == 2)
            {
                foreach (var change in _book.Evaluate(time))
                {
                    Note(change, minute, result);
                }
            }
        }

        return result;
    }

    private void Carry(int minute, DateTimeOffset time)
    {
        var linkDown = _faults.Any(f => f.Kind == FaultKind.LinkDown && f.On(minute));
        foreach (var packet in _station.Packets(minute, time, _faults))
        {
            if (linkDown)
            {
                _held.Add(packet);
            }
            else
            {
                Arrive(packet);
            }
        }

        // The backlog, newest first, paced.
        for (var i = 0; !linkDown && i < 60 && _held.Count > 0; i++)
        {
            Arrive(_held[^1]);
            _held.RemoveAt(_held.Count - 1);
        }
    }

    private void Arrive(SimPacketOfWater packet)
    {
        _stored.Add(packet);
        _book.OnPacket(packet.Hub, packet.Time, packet.Metrics);
        if (_random.Next(50) == 0)
        {
            _book.OnPacket(packet.Hub, packet.Time, packet.Metrics);
        }
    }

    /// <summary>The uptime ledger's part, here by the truth, three minutes late.</summary>
    private void Judge(int minute, DateTimeOffset time)
    {
        var linkDown = _faults.FirstOrDefault(f => f.Kind == FaultKind.LinkDown && f.On(minute - 3));
        foreach (var hub in _station.Registered.Hubs)
        {
            var water = WaterStation.WaterOf(hub.Id);
            var dead = _faults.FirstOrDefault(f => f.Kind == FaultKind.HubDead && f.Water == water && water >= 0 && f.On(minute - 3) && hub == _station.DeadHub(water));
            var (cause, from) = linkDown is not null ? (Verdict.LinkDown, linkDown.From) : dead is not null ? (Verdict.HubDown, dead.From) : (Verdict.Up, minute - 3);
            if (!_verdicts.TryGetValue(hub.Id, out var before) || before.Cause != cause)
            {
                _verdicts[hub.Id] = (cause, s_start.AddMinutes(from));
                _book.OnVerdict(hub.Id, cause, s_start.AddMinutes(from));
            }
        }
    }

    private void TakeOver(DateTimeOffset time, int minute, WaterMonthResult result)
    {
        _book = new AlertBook(_station.Registered, _limits);
        _book.Recover(_alertStates.Values.Where(a => a.IsCurrent || a.ChangedAt > time.AddDays(-2)));
        foreach (var (hub, verdict) in _verdicts)
        {
            _book.OnVerdict(hub, verdict.Cause, verdict.Since);
        }

        // One in three starts cold: the stores were too slow to tell.
        if (_random.Next(3) == 0)
        {
            result.ColdStarts.Add(minute);
        }
        else
        {
            _stored.RemoveAll(p => p.Time < time.AddHours(-30));
            foreach (var packet in _stored.OrderBy(_ => _random.Next()))
            {
                _book.OnPacket(packet.Hub, packet.Time, packet.Metrics);
            }
        }
    }

    private void Note(AlertTransition change, int minute, WaterMonthResult result)
    {
        var alert = change.Alert;
        if (change.Kind == AlertTransitionKind.Opened && _alertStates.Values.Any(a => a.IsCurrent && a.Hub == alert.Hub && a.Rule == alert.Rule))
        {
            result.Twice.Add($"{alert.Hub} {alert.Rule} opened while open, day {minute / 1440.0:0.00}");
        }

        _alertStates[alert.Id] = alert;
        result.Recorded += change.Kind == AlertTransitionKind.Recorded ? 1 : 0;
        if (NoticeWriter.Of(_station.Registered, change) is not { } notice)
        {
            return;
        }

        result.Notices++;
        if (!_told.Add(notice.IdempotencyKey("sms")))
        {
            result.Twice.Add($"{notice.Text} (day {minute / 1440.0:0.00})");
        }

        if (change.Kind != AlertTransitionKind.Cleared)
        {
            var fitting = _faults.Where(f => Truth.Explains(f, alert, minute)).ToList();
            fitting.ForEach(f => f.ToldAt ??= minute);
            if (fitting.Count == 0 && !Truth.IsTrulyLow(alert, _station.LevelOf(alert.Hub)) && change.Kind == AlertTransitionKind.Opened)
            {
                result.False.Add($"day {minute / 1440.0:0.00} (truly at {_station.LevelOf(alert.Hub):0}%): {notice.Text} (faults there: {string.Join(", ", _faults.Where(f => f.Water == WaterStation.WaterOf(alert.Hub)).Select(f => $"{f.Kind} day {f.From / 1440.0:0.0}-{f.To / 1440.0:0.0}"))})");
            }
        }
    }
}
