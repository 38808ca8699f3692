using Google.Protobuf;
using OutbackUptime.Domain.Formats.Sparkplug;
using OutbackUptime.Domain.Tests.Formats.Sparkplug.Tahu;

namespace OutbackUptime.Domain.Tests.Formats.Sparkplug;

/// <summary>A Sparkplug edge node with two devices, of whose messages the truth is known. Encodes with Google's library.</summary>
internal sealed class SimulatedNode(Random random)
{
    private static readonly string[] s_devices = ["", "pump-1", "tank-2"];
    private static readonly (string Name, string Metric, uint Type)[] s_metrics =
    [
        ("Battery/Voltage", "battery_voltage", 10), ("signal", "signal", 1), ("count", "count", 8), ("Level", "level", 9), ("delta", "delta", 4), ("Running", "running", 11),
    ];

    private readonly bool _byAlias = random.Next(2) == 0;
    private ulong _bdSeq;
    private ulong _seq;
    private ulong _now = 1_795_482_123_000;

    /// <summary>How many messages the node has made in this session before the one just made.</summary>
    public long Made { get; private set; }

    /// <summary>NBIRTH; <paramref name="again"/>: asked for within the session.</summary>
    public SimulatedMessage NodeBirth(bool again = false)
    {
        (_seq, Made, _bdSeq) = (0, 0, again ? _bdSeq : (_bdSeq + 1) % 256);
        var payload = Payload();
        payload.Seq = 0;
        payload.Metrics.Add(new Payload.Types.Metric { Name = "bdSeq", Datatype = 8, LongValue = _bdSeq });
        var truth = new Dictionary<string, double>(StringComparer.Ordinal) { ["node_online"] = 1, ["bd_seq"] = _bdSeq };
        AddAll(payload, "", truth);
        return new SimulatedMessage(SparkplugMessage.NodeBirth, "", payload.ToByteArray(), truth, Time(), 0);
    }

    /// <summary>NDEATH of the session, as the broker would send it.</summary>
    public SimulatedMessage NodeDeath()
    {
        var payload = Payload();
        payload.Metrics.Add(new Payload.Types.Metric { Name = "bdSeq", Datatype = 8, LongValue = _bdSeq });
        return new SimulatedMessage(SparkplugMessage.NodeDeath, "", payload.ToByteArray(), new(StringComparer.Ordinal) { ["node_online"] = 0, ["bd_seq"] = _bdSeq }, Time(), Made);
    }

    /// <summary>DBIRTH of each device.</summary>
    public IEnumerable<SimulatedMessage> DeviceBirths() => s_devices.Skip(1).Select(device =>
    {
        var truth = new Dictionary<string, double>(StringComparer.Ordinal) { [$"{device.Replace('-', '_')}_online"] = 1 };
        return Message(SparkplugMessage.DeviceBirth, device, payload => AddAll(payload, device, truth), truth);
    });

    /// <summary>NDATA or DDATA of some metrics.</summary>
    public SimulatedMessage Data()
    {
        var device = s_devices[random.Next(s_devices.Length)];
        var truth = new Dictionary<string, double>(StringComparer.Ordinal);
        return Message(
            device.Length == 0 ? SparkplugMessage.NodeData : SparkplugMessage.DeviceData,
            device,
            payload =>
            {
                foreach (var metric in s_metrics.OrderBy(_ => random.Next()).Take(1 + random.Next(s_metrics.Length)).ToList())
                {
                    payload.Metrics.Add(Value(device, metric, isBirth: false, truth));
                }
            },
            truth);
    }

    private SimulatedMessage Message(SparkplugMessage message, string device, Action<Payload> fill, Dictionary<string, double> truth)
    {
        _seq = (_seq + 1) % 256;
        Made++;
        var payload = Payload();
        payload.Seq = _seq;
        fill(payload);
        return new SimulatedMessage(message, device, payload.ToByteArray(), truth, Time(), Made);
    }

    private Payload Payload() => new() { Timestamp = _now += (ulong)random.Next(1, 60_000) };

    private DateTimeOffset Time() => DateTimeOffset.UnixEpoch.AddMilliseconds(_now);

    private void AddAll(Payload payload, string device, Dictionary<string, double> truth)
    {
        foreach (var metric in s_metrics)
        {
            payload.Metrics.Add(Value(device, metric, isBirth: true, truth));
        }
    }

    private Payload.Types.Metric Value(string device, (string Name, string Metric, uint Type) of, bool isBirth, Dictionary<string, double> truth)
    {
        var metric = new Payload.Types.Metric();
        if (isBirth || !_byAlias)
        {
            metric.Name = of.Name;
        }

        if (_byAlias)
        {
            metric.Alias = (ulong)((Array.IndexOf(s_devices, device) * 100) + Array.IndexOf(s_metrics, of));
        }

        if (isBirth || random.Next(2) == 0)
        {
            metric.Datatype = of.Type;
        }

        if (random.Next(3) == 0)
        {
            metric.Timestamp = _now - (ulong)random.Next(900); // taken just before it was sent
        }

        truth[$"{(device.Length == 0 ? "" : device.Replace('-', '_') + "_")}{of.Metric}"] = Set(metric, of.Type);
        return metric;
    }

    private double Set(Payload.Types.Metric metric, uint type)
    {
        switch (type)
        {
            case 1:
                var small = random.Next(-128, 128);
                metric.IntValue = random.Next(2) == 0 ? unchecked((uint)small) : unchecked((byte)small);
                return small;
            case 4:
                var signed = random.NextInt64(-(1L << 53), 1L << 53);
                metric.LongValue = unchecked((ulong)signed);
                return signed;
            case 8:
                metric.LongValue = (ulong)random.NextInt64(1L << 53);
                return metric.LongValue;
            case 9:
                metric.FloatValue = (float)(random.NextDouble() * 1e6);
                return metric.FloatValue;
            case 10:
                metric.DoubleValue = (random.NextDouble() - 0.5) * 1e12;
                return metric.DoubleValue;
            default:
                metric.BooleanValue = random.Next(2) == 0;
                return metric.BooleanValue ? 1 : 0;
        }
    }
}
