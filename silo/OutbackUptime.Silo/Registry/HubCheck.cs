using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Stations.Water;

namespace OutbackUptime.Silo.Registry;

/// <summary>Checks the hubs of a station: each by itself, then that what one feeds or fills is there.</summary>
internal sealed class HubCheck(Checks checks)
{
    private const int MaxIntervalSeconds = 86_400;
    private const int MaxPlace = 40;

    private static readonly (string Name, HubKind Kind)[] s_kinds =
    [
        ("generic", HubKind.Generic), ("tank", HubKind.Tank), ("trough", HubKind.Trough), ("pump", HubKind.Pump), ("flow", HubKind.Flow),
        ("weather", HubKind.Weather), ("water-point", HubKind.WaterPoint),
    ];

    public List<Hub> Check(string path, IReadOnlyList<HubDocument>? hubs)
    {
        List<Hub> good = [];
        if (hubs is null)
        {
            checks.Fault(path, "expected a list of hubs (it may be empty)");
            return good;
        }

        HashSet<string> ids = [];
        for (var i = 0; i < hubs.Count; i++)
        {
            var hub = Hub($"{path}[{i}]", hubs[i]);
            if (!ids.Add(hub.Id))
            {
                checks.Fault($"{path}[{i}].id", $"'{hub.Id}' stands twice; ids are unique within a station");
            }

            good.Add(hub);
        }

        var tanks = good.Where(h => h.Tank is not null).Select(h => h.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < good.Count; i++)
        {
            NamesATank($"{path}[{i}].trough.fedBy", good[i].Trough?.FedBy, tanks);
            NamesATank($"{path}[{i}].pump.fills", good[i].Pump?.Fills, tanks);
        }

        return good;
    }

    private Hub Hub(string path, HubDocument? hub)
    {
        var id = checks.Name($"{path}.id", hub?.Id);
        if (ReservedHubs.Contains(id))
        {
            checks.Fault($"{path}.id", ReservedHubs.Rule);
        }

        var made = new Hub(id, TimeSpan.FromSeconds(checks.Within($"{path}.intervalSeconds", hub?.IntervalSeconds, 1, MaxIntervalSeconds)));
        if (hub is null)
        {
            return made;
        }

        if (hub.Place is { } place && (string.IsNullOrWhiteSpace(place) || place.Length > MaxPlace || place.Any(char.IsControl)))
        {
            checks.Fault($"{path}.place", $"expected a place for people, 1 to {MaxPlace} characters: it has to fit a text message");
        }

        var kind = Kind($"{path}.type", hub.Type);
        Expects(path, kind, hub);
        return made with
        {
            Kind = kind,
            Place = hub.Place ?? made.Place,
            Tank = Tank($"{path}.tank", hub.Tank),
            Trough = Trough($"{path}.trough", hub.Trough, id),
            Pump = Pump($"{path}.pump", hub.Pump, id),
            Flow = hub.Flow is { } flow
                ? new FlowPart { FlowMetric = checks.Metric($"{path}.flow.flowMetric", flow.FlowMetric, "flow_lpm"), StillLpm = checks.Or($"{path}.flow.stillLpm", flow.StillLpm, 0, 100, 0.2) }
                : kind == HubKind.Flow ? new FlowPart() : null,
            Battery = Battery($"{path}.battery", hub.Battery),
            TemperatureMetric = checks.Metric($"{path}.temperatureMetric", hub.TemperatureMetric, made.TemperatureMetric),
        };
    }

    private HubKind Kind(string path, string? type)
    {
        foreach (var (name, kind) in s_kinds)
        {
            if (type == name)
            {
                return kind;
            }
        }

        if (type is not null)
        {
            checks.Fault(path, $"expected one of {string.Join(", ", s_kinds.Select(k => k.Name))}, found '{type}'");
        }

        return HubKind.Generic;
    }

    /// <summary>A hub that is called a tank but says nothing about it would be watched by no rule, silently.</summary>
    private void Expects(string path, HubKind kind, HubDocument hub)
    {
        if (kind is HubKind.Tank or HubKind.WaterPoint && hub.Tank is null)
        {
            checks.Fault($"{path}.tank", "expected {\"litres\": ..., \"head\": ...}: a tank without them can't be watched");
        }

        if (kind == HubKind.Trough && hub.Trough is null)
        {
            checks.Fault($"{path}.trough", "expected {\"fedBy\": \"hub id of its tank\"}");
        }

        if (kind == HubKind.Pump && hub.Pump is null)
        {
            checks.Fault($"{path}.pump", "expected {\"fills\": \"hub id of its tank\"}");
        }
    }

    private TankPart? Tank(string path, TankDocument? tank) => tank is null ? null
        : new TankPart(checks.Within($"{path}.litres", tank.Litres, 100, 100_000_000), checks.Whole($"{path}.head", tank.Head, 0, 100_000, 0))
        {
            LowPercent = tank.LowPercent is null ? null : checks.Within($"{path}.lowPercent", tank.LowPercent, 1, 95),
            LevelMetric = checks.Metric($"{path}.levelMetric", tank.LevelMetric, "tank_level_pct"),
        };

    private TroughPart? Trough(string path, TroughDocument? trough, string self) => trough is null ? null
        : new TroughPart(trough.FedBy is null ? self : checks.Name($"{path}.fedBy", trough.FedBy))
        {
            FlowMetric = checks.Metric($"{path}.flowMetric", trough.FlowMetric, "trough_flow_lpm"),
            LevelMetric = checks.Metric($"{path}.levelMetric", trough.LevelMetric, "trough_level_pct"),
        };

    private PumpPart? Pump(string path, PumpDocument? pump, string self) => pump is null ? null
        : new PumpPart(pump.Fills is null ? self : checks.Name($"{path}.fills", pump.Fills))
        {
            CurrentMetric = checks.Metric($"{path}.currentMetric", pump.CurrentMetric, "pump_current_a"),
            SolarMetric = checks.Metric($"{path}.solarMetric", pump.SolarMetric, "solar_w"),
            RunningAmps = checks.Or($"{path}.runningAmps", pump.RunningAmps, 0.01, 1000, 0.3),
            StartPercent = checks.Or($"{path}.startPercent", pump.StartPercent, 5, 100, 50),
            Solar = pump.Solar ?? true,
        };

    private BatteryPart? Battery(string path, BatteryDocument? battery)
    {
        var usual = BatteryPart.Usual;
        return battery is null ? usual : battery.Watched == false ? null : new BatteryPart
        {
            VoltsMetric = checks.Metric($"{path}.voltsMetric", battery.VoltsMetric, usual.VoltsMetric),
            EmptyVolts = checks.Or($"{path}.emptyVolts", battery.EmptyVolts, 1, 1000, usual.EmptyVolts),
        };
    }

    private void NamesATank(string path, string? hub, HashSet<string> tanks)
    {
        if (hub is not null && !tanks.Contains(hub))
        {
            checks.Fault(path, $"expected the id of a hub of this station that has a tank, found '{hub}'");
        }
    }
}
