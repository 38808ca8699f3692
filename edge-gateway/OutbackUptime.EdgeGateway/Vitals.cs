using System.Globalization;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Uptime;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway;

/// <summary>What the gateway's own packets tell: its journal, its link, its battery, and hubs that went without saying so (docs/uptime.md).</summary>
internal sealed class Vitals(IOptions<GatewayOptions> options, SqliteJournal journal, IUplinkStatus uplink, MqttInstruments mqtt, Departures departures)
{
    // A packet has 64 metrics at most.
    private const int MostDepartures = 40;

    public IEnumerable<Metric> Read()
    {
        yield return new("journal_depth", journal.Depth);
        yield return new("journal_bytes", journal.UsedBytes);
        yield return new("hubs_connected", mqtt.Connected);
        yield return new(HeartbeatMetrics.LinkUp, uplink.IsConnected ? 1 : 0);
        foreach (var (region, worked) in uplink.Reached)
        {
            yield return new(HeartbeatMetrics.ReachPrefix + Name(region), worked ? 1 : 0);
        }

        if (BatteryVolts() is { } volts)
        {
            yield return new(HeartbeatMetrics.Battery, volts);
        }

        foreach (var (hub, at) in departures.Take(MostDepartures))
        {
            yield return new(HeartbeatMetrics.GoneName(hub), at.ToUnixTimeSeconds());
        }
    }

    // Metric names know no hyphen (PacketParser).
    private static string Name(string id) => id.Replace('-', '_');

    private double? BatteryVolts()
    {
        if (options.Value.BatteryVoltsFile.Length == 0)
        {
            return null;
        }

        try
        {
            var text = File.ReadAllText(options.Value.BatteryVoltsFile);
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var units) && double.IsFinite(units) ? units * options.Value.BatteryVoltsPerUnit : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sensor that is away is a metric that is away.
            return null;
        }
    }
}
