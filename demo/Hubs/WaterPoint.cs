namespace OutbackUptime.Demo.Hubs;

/// <summary>
/// A bore with tank, trough, solar pump and a mob of cattle: values that hang together over the day.
/// Drinking: 40 L a head and day at 25 °C, 70 L at 32 °C (FutureBeef); peaks in the morning and late afternoon.
/// </summary>
internal sealed class WaterPoint
{
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(9.5);
    private readonly Random _random;
    private readonly WaterFit _fit;
    private readonly WaterFault _fault;
    private readonly double _cloud;
    private readonly bool _fence;
    private double _levelLitres;
    private double _charge;
    private double _flowTotalLitres;
    private bool _pumping;
    private DateTimeOffset? _last;
    private DateTimeOffset _nextVisit;
    private bool _visited;

    public WaterPoint(Random random, WaterFit? fit = null, WaterFault fault = WaterFault.None)
    {
        _random = random;
        _fit = fit ?? WaterFit.Of(random);
        _fault = fault;
        _levelLitres = _fit.TankLitres * (fault == WaterFault.DryTank ? 0.02 : 0.55 + (0.4 * random.NextDouble()));
        _charge = 0.4 + (0.5 * random.NextDouble());
        _cloud = 0.6 + (0.4 * random.NextDouble());
        _flowTotalLitres = random.NextDouble() * 1e6;
        _fence = random.Next(3) == 0;
    }

    /// <summary>The values at <paramref name="now"/>; state moves on by the time since the last call.</summary>
    public SortedDictionary<string, double> Measure(DateTimeOffset now)
    {
        var minutes = _last is { } last ? Math.Clamp((now - last).TotalMinutes, 0, 60) : 0;
        _last = now;

        var local = now + LocalOffset;
        var hour = local.TimeOfDay.TotalHours;
        var season = Math.Cos(2 * Math.PI * (local.DayOfYear - 15) / 365);
        var temperature = 25 + (6 * season) + (8 * Math.Cos(2 * Math.PI * (hour - 15) / 24)) + Noise(0.3);
        var sun = Math.Max(0, Math.Sin(Math.PI * (hour - 6) / 12)) * _cloud * (1 + Noise(0.03));

        var drinking = Math.Clamp(40 + ((temperature - 25) * 30 / 7), 20, 95);
        var thirst = 0.15 + (2.4 * Peak(hour, 8.5, 1.8)) + (3.0 * Peak(hour, 17, 2));
        var troughFlow = TroughFlow(now, hour, _fit.Head * drinking / 1440 * thirst);
        _pumping = _fault != WaterFault.PumpStill && sun > 0.15 && _levelLitres < _fit.TankLitres * (_pumping ? WaterFit.StopPercent : WaterFit.StartPercent) / 100;
        var pumpFlow = _pumping && _fault is not (WaterFault.BoreDry or WaterFault.DryTank) ? _fit.PumpLpm * sun : 0;

        var drawn = Math.Min(_levelLitres, troughFlow * minutes);
        var leaked = _fault == WaterFault.Leak ? 30 * minutes : 0;
        _levelLitres = Math.Clamp(_levelLitres - drawn - leaked + (pumpFlow * minutes), 0, _fit.TankLitres);
        _flowTotalLitres += drawn;
        _charge = Math.Clamp(_charge + (((sun * 0.25) - 0.02) * minutes / 60), 0.05, 1);

        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["tank_level_pct"] = Math.Round(100 * _levelLitres / _fit.TankLitres, 2),
            ["trough_flow_lpm"] = Math.Round(troughFlow, 2),
            ["pump_current_a"] = _pumping ? Math.Round((4.6 * sun) + 0.4 + Math.Abs(Noise(0.05)), 3) : 0,
            ["battery_v"] = Math.Round(11.8 + (1.2 * _charge) + (0.9 * sun), 3),
            ["solar_w"] = Math.Round(60 * sun, 1),
            ["temperature_c"] = Math.Round(temperature, 1),
            ["ear_tags_near"] = Math.Min(_fit.Head, Math.Floor(_fit.Head * Math.Min(1, thirst / 4) * (1 + Noise(0.2)))),
            ["signal_dbm"] = -60 - _random.Next(0, 45),
            // All 53 bits of it on purpose: a store or a parser that rounds shows.
            ["flow_total_l"] = _flowTotalLitres,
        };
        if (_fence)
        {
            metrics["fence_kv"] = Math.Round(7.2 + Noise(0.4), 2);
        }

        return metrics;
    }

    /// <summary>The mob comes in visits of ten minutes: by day nearly always somebody, at night seldom. In between the float is shut.</summary>
    private double TroughFlow(DateTimeOffset now, double hour, double mean)
    {
        var share = hour is < 5 or > 21 ? 0.2 : 0.85;
        if (now >= _nextVisit)
        {
            _nextVisit = now + TimeSpan.FromMinutes(10);
            _visited = _random.NextDouble() < share;
        }

        var flow = _visited ? Math.Max(0, mean / share * (1 + Noise(0.1))) : 0;
        return _fault == WaterFault.BlockedLine ? 0 : _fault == WaterFault.StuckFloat ? Math.Max(20, flow) : flow;
    }

    private static double Peak(double hour, double at, double width) => Math.Exp(-Math.Pow((hour - at) / width, 2));

    private double Noise(double scale) => ((_random.NextDouble() * 2) - 1) * scale;
}
