namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>Topics on which a hub hears from the gateway.</summary>
internal static class CommandTopics
{
    /// <summary>Where a Sparkplug node listens for commands.</summary>
    public static string Node(string station, string hub) => $"{PublishTopic.SparkplugNamespace}/{station}/NCMD/{hub}";

    /// <summary>Whether a hub may subscribe: to its own node's and devices' commands, with or without the `/#` that clients add.</summary>
    public static bool MaySubscribe(string station, string? hub, string filter)
    {
        var topic = filter.EndsWith("/#", StringComparison.Ordinal) ? filter[..^2] : filter;
        return !string.IsNullOrEmpty(hub) && (topic == Node(station, hub) || topic == $"{PublishTopic.SparkplugNamespace}/{station}/DCMD/{hub}");
    }
}
