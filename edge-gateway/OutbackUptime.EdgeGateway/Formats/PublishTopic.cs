using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Domain.Formats.Sparkplug;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>A topic to which hubs publish. In Sparkplug the group is the station and the edge node is the hub.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Format">What the payload is.</param>
/// <param name="Message">Sparkplug only: which message.</param>
/// <param name="Device">Sparkplug only: the device behind the node; else empty.</param>
internal sealed record PublishTopic(string Hub, PayloadFormat Format, SparkplugMessage Message = SparkplugMessage.NodeData, string Device = "")
{
    /// <summary>The first level of Sparkplug B topics (Sparkplug 3.0 section 4.1).</summary>
    public const string SparkplugNamespace = "spBv1.0";

    private const int MaxDevice = 64;

    /// <summary>Whether the topic is one of the station's hubs'.</summary>
    public static bool TryParse(string topic, string station, [NotNullWhen(true)] out PublishTopic? parsed)
    {
        parsed = topic.Split('/') switch
        {
            ["stations", var s, "hubs", var hub, "packets"] when s == station => new PublishTopic(hub, PayloadFormat.Native),
            ["stations", var s, "hubs", var hub, "senml"] when s == station => new PublishTopic(hub, PayloadFormat.SenMl),
            [SparkplugNamespace, var s, var message, var hub] when s == station => Sparkplug(hub, message, ""),
            [SparkplugNamespace, var s, var message, var hub, { Length: > 0 and <= MaxDevice } device] when s == station => Sparkplug(hub, message, device),
            _ => null,
        };
        if (parsed is { Hub: var name } && (!EntityName.IsValid(name) || ReservedHubs.Contains(name)))
        {
            parsed = null;
        }

        return parsed is not null;
    }

    private static PublishTopic? Sparkplug(string hub, string message, string device) => (message, device.Length > 0) switch
    {
        ("NBIRTH", false) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.NodeBirth),
        ("NDATA", false) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.NodeData),
        ("NDEATH", false) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.NodeDeath),
        ("DBIRTH", true) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.DeviceBirth, device),
        ("DDATA", true) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.DeviceData, device),
        ("DDEATH", true) => new PublishTopic(hub, PayloadFormat.Sparkplug, SparkplugMessage.DeviceDeath, device),
        _ => null,
    };
}
