using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Uptime;

/// <summary>How a heartbeat stands in the metrics of a packet of hub `gateway`.</summary>
public static class HeartbeatMetrics
{
    /// <summary>Seconds that the gateway's process runs. A packet without it is no heartbeat (a canary).</summary>
    public const string Uptime = "gateway_uptime_s";

    /// <summary>0 or 1.</summary>
    public const string LinkUp = "link_up";

    /// <summary>Volts.</summary>
    public const string Battery = "gateway_battery_v";

    /// <summary>Followed by a region: 0 or 1.</summary>
    public const string ReachPrefix = "reach_";

    /// <summary>Followed by a hub's id, '-' written as '_': unix seconds.</summary>
    public const string GonePrefix = "gone_";

    // 3000-01-01: nothing that DateTimeOffset could not hold, nothing that would overflow a TimeSpan.
    private const double LatestSeconds = 32_503_680_000;

    /// <summary>The metric's name for a hub's loss. Ids hold no '_', so the way back is exact.</summary>
    public static string GoneName(string hub) => GonePrefix + hub.Replace('-', '_');

    /// <summary>Reads a heartbeat. False when the metrics are none, e.g. a canary's.</summary>
    public static bool TryRead(IReadOnlyList<Metric> metrics, [NotNullWhen(true)] out GatewayHeartbeat? heartbeat)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        (double? uptime, double? linkUp, double? battery) = (null, null, null);
        Dictionary<string, bool> reach = new(StringComparer.Ordinal);
        Dictionary<string, DateTimeOffset> gone = new(StringComparer.Ordinal);
        foreach (var (name, value) in metrics)
        {
            if (name == Uptime)
            {
                uptime = value;
            }
            else if (name == LinkUp)
            {
                linkUp = value;
            }
            else if (name == Battery)
            {
                battery = value;
            }
            else if (name.StartsWith(ReachPrefix, StringComparison.Ordinal))
            {
                reach[name[ReachPrefix.Length..].Replace('_', '-')] = value >= 0.5;
            }
            else if (name.StartsWith(GonePrefix, StringComparison.Ordinal)
                && name[GonePrefix.Length..].Replace('_', '-') is var hub && EntityName.IsValid(hub) && value is >= 0 and <= LatestSeconds)
            {
                gone[hub] = DateTimeOffset.UnixEpoch.AddSeconds(value);
            }
        }

        heartbeat = uptime is >= 0 and <= LatestSeconds && linkUp is { } up
            ? new GatewayHeartbeat(TimeSpan.FromSeconds(uptime.Value), up >= 0.5, battery, reach, gone)
            : null;
        return heartbeat is not null;
    }
}
