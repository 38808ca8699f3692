using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>All hubs of a station by slot, with the station's clock, sun and temperature.</summary>
internal sealed class StationHistory
{
    private readonly Dictionary<string, HubHistory> _hubs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HubHistory> _pumpOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HubHistory> _troughOf = new(StringComparer.Ordinal);
    private readonly HubHistory? _weather;
    private readonly long _slotMs;

    public StationHistory(Station station, AlertLimits limits)
    {
        Station = station;
        Limits = limits;
        _slotMs = (long)limits.Slot.TotalMilliseconds;
        foreach (var hub in station.Hubs)
        {
            var history = new HubHistory(hub, limits.MemorySlots);
            _hubs[hub.Id] = history;
            if (hub.Pump is { } pump)
            {
                _pumpOf[pump.Fills] = history;
            }

            if (hub.Trough is { } trough)
            {
                _troughOf[trough.FedBy] = history;
            }

            if (_weather is null && hub.Kind == HubKind.Weather)
            {
                _weather = history;
            }
        }
    }

    /// <summary>The station.</summary>
    public Station Station { get; }

    /// <summary>The thresholds.</summary>
    public AlertLimits Limits { get; }

    /// <summary>Slots in an hour.</summary>
    public double SlotsPerHour => 3_600_000.0 / _slotMs;

    /// <summary>All hubs.</summary>
    public IEnumerable<HubHistory> Hubs => _hubs.Values;

    /// <summary>Finds a hub.</summary>
    public HubHistory? Find(string hub) => _hubs.GetValueOrDefault(hub);

    /// <summary>The pump that fills a hub's tank, if one is known.</summary>
    public HubHistory? PumpOf(string tankHub) => _pumpOf.GetValueOrDefault(tankHub);

    /// <summary>A trough that a hub's tank feeds, if one is known; of several, the last.</summary>
    public HubHistory? TroughOf(string tankHub) => _troughOf.GetValueOrDefault(tankHub);

    /// <summary>The hub of a tank and those of the troughs that it feeds.</summary>
    public IReadOnlyCollection<string> WaterOf(string tankHub) => [tankHub, .. Station.Hubs.Where(h => h.Trough?.FedBy == tankHub).Select(h => h.Id)];

    /// <summary>Slots in so many hours, at least one.</summary>
    public int Slots(double hours) => Math.Max(1, (int)Math.Round(hours * SlotsPerHour));

    /// <summary>The slot of a time.</summary>
    public long SlotOf(DateTimeOffset at) => Math.DivRem(at.ToUnixTimeMilliseconds(), _slotMs).Quotient;

    /// <summary>Start of a slot.</summary>
    public DateTimeOffset StartOf(long slot) => DateTimeOffset.FromUnixTimeMilliseconds(slot * _slotMs);

    /// <summary>Milliseconds into the slot.</summary>
    public int Within(DateTimeOffset at) => (int)(at.ToUnixTimeMilliseconds() % _slotMs);

    /// <summary>Local time at the start of a slot.</summary>
    public DateTimeOffset Local(long slot) => TimeZoneInfo.ConvertTime(StartOf(slot), Station.TimeZone);

    /// <summary>Hours of the sun's day at a slot.</summary>
    public double SolarHour(long slot) => SunTimes.SolarHour(StartOf(slot), Station.Longitude);

    /// <summary>Hours until sunrise at a slot; 0: it is up.</summary>
    public double HoursToSunrise(long slot) => SunTimes.HoursToSunrise(StartOf(slot), Station.Latitude, Station.Longitude);

    /// <summary>A hub's level in percent, settled over 30 minutes or three intervals; NaN: not known.</summary>
    public float Level(HubHistory hub, long slot) => hub.Settled(Signal.Level, slot, Fresh(hub));

    /// <summary>How many slots back a value still says how things are.</summary>
    public int Fresh(HubHistory hub) => Math.Max(Slots(0.5), (int)Math.Ceiling(hub.Hub.Interval * 3 / Limits.Slot) + 1);

    /// <summary>Mean air temperature of the last day, of the hub or the weather hub; the usual one where nothing is known.</summary>
    public double Celsius(HubHistory hub, long slot)
    {
        var source = hub.Sends(Signal.Celsius) ? hub : _weather;
        if (source is null)
        {
            return Drinking.UsualCelsius;
        }

        var (sum, count) = (0.0, 0);
        var step = Slots(0.5);
        for (var s = slot; s > slot - Slots(24); s -= step)
        {
            var value = source.Last(Signal.Celsius, s);
            if (value is > -20 and < 60)
            {
                sum += value;
                count++;
            }
        }

        return count < 6 ? Drinking.UsualCelsius : sum / count;
    }

    /// <summary>What a tank's mob drinks, in litres an hour on average of the day; 0: no mob is known.</summary>
    public double MobLitresPerHour(HubHistory hub, long slot) =>
        hub.Hub.Tank is { Head: > 0 } tank ? tank.Head * Drinking.LitresPerHeadAndDay(Celsius(hub, slot)) / 24 : 0;
}
