using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>The topic <c>stations/{station}/hubs/{hub}/packets</c>.</summary>
internal static class PacketTopic
{
    /// <summary>Whether the topic is one of the station's hubs'; the gateway's own name is none.</summary>
    public static bool TryParse(string topic, string station, [NotNullWhen(true)] out string? hub)
    {
        hub = topic.Split('/') is ["stations", var s, "hubs", var h, "packets"] && s == station && EntityName.IsValid(h) && !ReservedHubs.Contains(h) ? h : null;
        return hub is not null;
    }
}
