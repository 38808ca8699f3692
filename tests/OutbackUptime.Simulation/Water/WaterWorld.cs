namespace OutbackUptime.Simulation.Water;

/// <summary>One bore with tank, pump, line, trough and mob, minute by minute. Knows nothing of the rules.</summary>
internal sealed class WaterWorld
{
    private const double TroughLitres = 2_500;
    private const double ValveLpm = 60;
    private readonly Random _random;
    private readonly double _yieldLpm;
    private readonly double _dayFactor;
    private double _trough = TroughLitres;
    private double _thirst;
    private int _visitLeft;
    private double _charge = 0.8;
    private bool _pumping;
    private double _pulses;

    public WaterWorld(Random random, double tankLitres, int head, double yieldLpm)
    {
        _random = random;
        TankLitres = tankLitres;
        Head = head;
        _yieldLpm = yieldLpm;
        _dayFactor = 0.85 + (0.3 * random.NextDouble());
        Litres = tankLitres * 0.85;
    }

    public double TankLitres { get; }

    /// <summary>As the registry says; the true number differs by up to 15 %.</summary>
    public int Head { get; }

    public double Litres { get; private set; }

    public double LevelPercent => 100 * Litres / TankLitres;

    public double TroughPercent => 100 * _trough / TroughLitres;

    public double FlowLpm { get; private set; }

    public double PumpAmps { get; private set; }

    public double Volts { get; private set; }

    /// <summary>Mean flow since the last call, as a meter that counts pulses says it.</summary>
    public double TakeFlow(int minutes)
    {
        var mean = _pulses / minutes;
        _pulses = 0;
        return mean;
    }

    /// <summary>Moves on by a minute.</summary>
    public void Step(int localMinute, Weather weather, IReadOnlyList<Fault> faults)
    {
        Fault? Is(FaultKind kind) => faults.FirstOrDefault(f => f.Kind == kind);
        var sun = weather.Sun(localMinute) * (0.95 + (0.1 * _random.NextDouble()));
        Pump(sun, Is(FaultKind.PumpFailure) is not null || Is(FaultKind.DryTank) is not null, Is(FaultKind.BoreDry) is not null);
        Drink(localMinute, weather, Is(FaultKind.DryTank) is null ? 1 : 2);

        var open = _trough < 0.93 * TroughLitres || (FlowLpm > 0 && _trough < 0.99 * TroughLitres);
        var stuck = Is(FaultKind.StuckFloat);
        var flow = Is(FaultKind.BlockedLine) is not null ? 0 : open ? ValveLpm : stuck?.Size ?? 0;
        FlowLpm = Math.Min(flow, Litres);
        _pulses += FlowLpm;
        Litres -= FlowLpm;
        _trough = Math.Min(TroughLitres, _trough + FlowLpm);
        Litres = Math.Max(0, Litres - (Is(FaultKind.Leak)?.Size ?? 0));

        var drain = Is(FaultKind.BatteryDying) is null ? 0.022 : 0.085;
        _charge = Math.Clamp(_charge + (((sun * (drain > 0.05 ? 0.16 : 0.2)) - drain) / 60), 0.02, 1);
        Volts = 11.4 + (1.5 * _charge) + (sun > 0.05 ? 0.7 * sun : 0);
    }

    private void Pump(double sun, bool broken, bool boreDry)
    {
        _pumping = sun > 0.15 && LevelPercent < (_pumping ? 97 : 70) && !broken;
        PumpAmps = _pumping ? (boreDry ? 0.6 : 1) * (0.5 + (4.5 * sun)) : 0;
        if (_pumping && !boreDry)
        {
            Litres = Math.Min(TankLitres, Litres + (_yieldLpm * sun));
        }
    }

    private void Drink(int localMinute, Weather weather, double more)
    {
        var hour = localMinute % 1440 / 60.0;
        var litresADay = Head * _dayFactor * more * (38 + (4.4 * (weather.Mean(localMinute) - 24.5)));
        var want = 0.25 + (2.2 * Bell(hour, 8, 2)) + (2.6 * Bell(hour, 17, 2.2)) + (0.7 * Bell(hour, 12.5, 2.5));
        // After a day without water they drink a day's worth at once, not a week's.
        _thirst = Math.Min(_thirst + (litresADay / 1440 * want / 1.25), litresADay);

        // The mob comes in visits: at night one or two, by day often.
        var chance = hour is < 5 or > 20.5 ? 1 / 150.0 : 1 / 25.0;
        if (_visitLeft == 0 && _random.NextDouble() < chance)
        {
            _visitLeft = 6 + _random.Next(12);
        }

        if (_visitLeft > 0)
        {
            _visitLeft--;
            var drunk = Math.Min(Math.Min(_thirst, Head * 0.9), _trough);
            _trough -= drunk;
            _thirst -= drunk;
        }
    }

    private static double Bell(double hour, double at, double width) => Math.Exp(-Math.Pow((hour - at) / width, 2));
}
