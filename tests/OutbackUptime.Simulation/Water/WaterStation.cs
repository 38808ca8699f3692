using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Stations.Water;

namespace OutbackUptime.Simulation.Water;

/// <summary>
/// Three waters in the three ways stations fit them out: all on one hub; tank, pump and trough (with level) apart; tank, pump and
/// trough (flow only) apart. And a weather mast.
/// </summary>
internal sealed class WaterStation
{
    public const int OffsetMinutes = 570;
    private readonly Random _random;
    private readonly Weather _weather;
    private readonly WaterWorld[] _waters;

    public WaterStation(Random random, Weather weather)
    {
        _random = random;
        _weather = weather;
        _waters = [.. Enumerable.Range(0, 3).Select(_ => new WaterWorld(random, 45_000 + (random.Next(4) * 5_000), 180 + random.Next(80), 95 + random.Next(30)))];
        var every = TimeSpan.FromMinutes(5);
        Hub OfWater(string id, HubKind kind) => new(id, every) { Kind = kind };
        TankPart Tank(int w) => new(_waters[w].TankLitres, _waters[w].Head);
        PumpPart Pump(string fills) => new(fills) { StartPercent = 65 };
        Registered = new Station("napperby", "Napperby", -22.5, 132.7, "syd",
        [
            OfWater("north-bore", HubKind.WaterPoint) with { Tank = Tank(0), Pump = Pump("north-bore"), Trough = new TroughPart("north-bore") },
            OfWater("gap-tank", HubKind.Tank) with { Tank = Tank(1) },
            OfWater("gap-pump", HubKind.Pump) with { Pump = Pump("gap-tank") },
            OfWater("gap-trough", HubKind.Trough) with { Trough = new TroughPart("gap-tank") },
            OfWater("hill-tank", HubKind.Tank) with { Tank = Tank(2) },
            OfWater("hill-pump", HubKind.Pump) with { Pump = Pump("hill-tank") },
            OfWater("hill-trough", HubKind.Trough) with { Trough = new TroughPart("hill-tank") },
            OfWater("mast", HubKind.Weather),
        ])
        {
            DriveTime = TimeSpan.FromHours(3),
            TimeZone = StationTime.OfOffset(TimeSpan.FromMinutes(OffsetMinutes)),
        };
    }

    public Station Registered { get; }

    /// <summary>Which water a hub belongs to; -1: none.</summary>
    public static int WaterOf(string hub) => hub.StartsWith("north", StringComparison.Ordinal) ? 0 : hub.StartsWith("gap", StringComparison.Ordinal) ? 1
        : hub.StartsWith("hill", StringComparison.Ordinal) ? 2 : -1;

    /// <summary>How full the tank of a hub's water truly is, in percent.</summary>
    public double LevelOf(string hub) => WaterOf(hub) is >= 0 and var w ? _waters[w].LevelPercent : 100;

    public void Step(int minute, IReadOnlyList<Fault> faults)
    {
        for (var w = 0; w < _waters.Length; w++)
        {
            var own = faults.Where(f => f.Water == w && f.On(minute)).ToList();
            _waters[w].Step(minute + OffsetMinutes, _weather, own);
            own.ForEach(f => f.LowestPercent = Math.Min(f.LowestPercent, _waters[w].LevelPercent));
            foreach (var fault in own.Where(f => f.EmptyAt is null && _waters[w].LevelPercent < 0.5))
            {
                fault.EmptyAt = minute;
            }

            foreach (var fault in faults.Where(f => f.Water == w && f.RecoveredAt is null && minute >= f.To && _waters[w].LevelPercent > 50))
            {
                fault.RecoveredAt = minute;
            }
        }
    }

    /// <summary>What the hubs say in this minute, with noise, wild values and dropped packets.</summary>
    public IEnumerable<SimPacketOfWater> Packets(int minute, DateTimeOffset time, IReadOnlyList<Fault> faults)
    {
        for (var i = 0; i < Registered.Hubs.Count; i++)
        {
            var hub = Registered.Hubs[i];
            if ((minute + i) % 5 != 0 || _random.NextDouble() < 0.01)
            {
                continue;
            }

            var w = WaterOf(hub.Id);
            if (w >= 0 && faults.Any(f => f.Kind == FaultKind.HubDead && f.Water == w && f.On(minute) && hub == DeadHub(w)))
            {
                continue;
            }

            yield return new SimPacketOfWater(hub.Id, time.AddSeconds(_random.Next(50)), Measure(hub, w, minute + OffsetMinutes));
        }
    }

    /// <summary>The hub of a water that a HubDead fault silences: the one with the tank.</summary>
    public Hub DeadHub(int water) => Registered.Hubs.First(h => WaterOf(h.Id) == water && h.Tank is not null);

    private List<Metric> Measure(Hub hub, int w, int local)
    {
        var metrics = new List<Metric>();
        if (w < 0)
        {
            metrics.Add(new("temperature_c", _weather.Celsius(local) + Noise(0.4)));
            metrics.Add(new("battery_v", 12.9 + Noise(0.02)));
            return metrics;
        }

        var water = _waters[w];
        if (hub.Tank is not null)
        {
            // One reading in a thousand is anything at all: a wet connector.
            metrics.Add(new("tank_level_pct", _random.Next(1000) == 0 ? 100 * _random.NextDouble() : Math.Clamp(water.LevelPercent + Noise(0.4), 0, 100)));
        }

        if (hub.Pump is not null)
        {
            metrics.Add(new("pump_current_a", water.PumpAmps > 0 ? water.PumpAmps + Noise(0.1) : 0));
            metrics.Add(new("solar_w", Math.Max(0, (120 * _weather.Sun(local)) + Noise(2))));
        }

        if (hub.Trough is not null)
        {
            metrics.Add(new("trough_flow_lpm", water.TakeFlow(5)));
            if (hub.Id == "gap-trough")
            {
                metrics.Add(new("trough_level_pct", Math.Clamp(water.TroughPercent + Noise(1), 0, 100)));
            }
        }

        // Only the hub with the tank has the dying battery.
        metrics.Add(new("battery_v", (hub.Tank is not null ? water.Volts : 12.9) + Noise(0.02)));
        return metrics;
    }

    private double Noise(double scale) => ((_random.NextDouble() + _random.NextDouble() + _random.NextDouble()) - 1.5) * scale;
}
