using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>What one hub measured lately, by slot. Only signals that a rule looks at are kept.</summary>
internal sealed class HubHistory
{
    private readonly SlotRing?[] _rings = new SlotRing?[Enum.GetValues<Signal>().Length];
    private readonly (string Metric, Signal Signal)[] _signals;
    private readonly int _capacity;

    public HubHistory(Hub hub, int capacity)
    {
        Hub = hub;
        _capacity = capacity;
        (string? Metric, Signal Signal)[] all =
        [
            (hub.Tank?.LevelMetric, Signal.Level),
            (hub.Trough?.FlowMetric, Signal.TroughFlow),
            (hub.Trough?.LevelMetric, Signal.TroughLevel),
            (hub.Pump?.CurrentMetric, Signal.PumpAmps),
            (hub.Pump?.SolarMetric, Signal.SolarWatts),
            (hub.Flow?.FlowMetric, Signal.Flow),
            (hub.Battery?.VoltsMetric, Signal.Volts),
            (hub.Tank is not null || hub.Kind == HubKind.Weather ? hub.TemperatureMetric : null, Signal.Celsius),
        ];
        // Of two signals by one metric the first.
        _signals = [.. all.Where(s => s.Metric is not null).Select(s => (s.Metric!, s.Signal)).DistinctBy(s => s.Item1)];
    }

    /// <summary>The hub.</summary>
    public Hub Hub { get; }

    /// <summary>What it usually loses in each hour of the day.</summary>
    public HourlyNormals Normals { get; } = new();

    /// <summary>Event time of its newest packet.</summary>
    public DateTimeOffset? LastPacket { get; private set; }

    /// <summary>Adds a packet's metrics. True: a watched one was taken.</summary>
    public bool Add(long slot, int atMs, DateTimeOffset eventTime, IReadOnlyList<Metric> metrics)
    {
        LastPacket = LastPacket > eventTime ? LastPacket : eventTime;
        var taken = false;
        for (var i = 0; i < metrics.Count; i++)
        {
            if (TryFind(metrics[i].Name, out var signal) && double.IsFinite(metrics[i].Value))
            {
                // Memory only for what is really sent.
                taken |= (_rings[(int)signal] ??= new SlotRing(_capacity)).Add(slot, atMs, (float)metrics[i].Value);
            }
        }

        return taken;
    }

    /// <summary>Newest value within the slot; NaN: none.</summary>
    public float Last(Signal signal, long slot) => _rings[(int)signal]?.Last(slot) ?? float.NaN;

    /// <summary>Least value of the slot; NaN: none.</summary>
    public float Least(Signal signal, long slot) => _rings[(int)signal]?.Least(slot) ?? float.NaN;

    /// <summary>Greatest value of the slot; NaN: none.</summary>
    public float Greatest(Signal signal, long slot) => _rings[(int)signal]?.Greatest(slot) ?? float.NaN;

    /// <summary>Whether the signal ever came.</summary>
    public bool Sends(Signal signal) => _rings[(int)signal] is not null;

    /// <summary>The middle one of the newest three values up to <paramref name="slot"/>, none older than <paramref name="slots"/>; NaN: none.</summary>
    public float Settled(Signal signal, long slot, int slots)
    {
        Span<float> newest = stackalloc float[3];
        var count = 0;
        for (var s = slot; s > slot - slots && count < 3; s--)
        {
            var value = Last(signal, s);
            if (!float.IsNaN(value))
            {
                newest[count++] = value;
            }
        }

        if (count == 0)
        {
            return float.NaN;
        }

        newest[..count].Sort();
        return newest[count / 2];
    }

    private bool TryFind(string metric, out Signal signal)
    {
        foreach (var (name, known) in _signals)
        {
            if (name == metric)
            {
                signal = known;
                return true;
            }
        }

        signal = default;
        return false;
    }
}
