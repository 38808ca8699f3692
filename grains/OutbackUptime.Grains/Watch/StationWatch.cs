using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// A station's judge of uptime and its book of alerts, fed with the same packets. Holds no I/O; what it has not seen it is given by
/// <see cref="WatchRecovery"/>.
/// </summary>
internal sealed class StationWatch
{
    // Beyond this a call leaves the rest of the minutes for the next.
    private const int MostRounds = 8;
    private static readonly UptimeOptions s_limits = new();

    public StationWatch(Station station, WatchOptions options, DateTimeOffset now)
    {
        Station = station;
        Uptime = new StationUptime(s_limits, now);
        Uptime.SetHubs(station.Hubs, now);
        Alerts = new AlertBook(station, new AlertLimits { Slot = options.AlertSlot });
    }

    public Station Station { get; }

    public StationUptime Uptime { get; }

    public AlertBook Alerts { get; }

    public static UptimeOptions Limits => s_limits;

    /// <summary>Feeds a judge with a packet: the gateway's own are heartbeats.</summary>
    public static void Feed(StationUptime uptime, SeenPacket packet)
    {
        uptime.OnPacket(packet.Hub, packet.ReceivedAt, packet.CommittedAt);
        if (packet.Hub == ReservedHubs.Gateway && HeartbeatMetrics.TryRead(Metrics(packet), out var heartbeat))
        {
            uptime.OnHeartbeat(heartbeat, packet.ReceivedAt, packet.CommittedAt);
        }
    }

    public void OnPacket(SeenPacket packet)
    {
        Feed(Uptime, packet);
        if (packet.Hub != ReservedHubs.Gateway)
        {
            Alerts.OnPacket(packet.Hub, packet.EventTime, Metrics(packet));
        }
    }

    /// <summary>Verdicts and alerts that are new or changed.</summary>
    public (IReadOnlyList<MinuteVerdict> Verdicts, IReadOnlyList<AlertTransition> Alerts) Judge(DateTimeOffset now)
    {
        List<MinuteVerdict> verdicts = [.. Uptime.Judge(now)];
        for (var round = 1; round < MostRounds && Uptime.HasMore; round++)
        {
            verdicts.AddRange(Uptime.Judge(now));
        }

        foreach (var hub in Station.Hubs)
        {
            if (Uptime.Current(hub.Id, now) is { } current)
            {
                Alerts.OnVerdict(hub.Id, current.Verdict, current.Since ?? current.LastHeard ?? now);
            }
        }

        return (verdicts, Alerts.Evaluate(now));
    }

    private static Metric[] Metrics(SeenPacket packet) => [.. packet.MetricNames.Zip(packet.MetricValues, (name, value) => new Metric(name, value))];
}
