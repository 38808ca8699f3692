using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Access;

/// <summary>Who may read what, by topic.</summary>
public static class TopicRules
{
    /// <summary>Longest topic filter, in characters.</summary>
    public const int MaxFilterLength = 256;

    /// <summary>
    /// Whether a filter stays within what is the reader's: <c>stations/{station}/hubs/{id}/…</c> for a hub, <c>stations/{station}/…</c>
    /// for a watcher. Wildcards may stand behind that only, so that no filter reaches another's topics.
    /// </summary>
    public static bool MaySubscribe(VisitorRole role, string station, string id, string filter)
    {
        var prefix = role == VisitorRole.Watcher ? $"stations/{station}/" : $"stations/{station}/hubs/{id}/";
        return filter.Length > prefix.Length && filter.Length <= MaxFilterLength && filter.StartsWith(prefix, StringComparison.Ordinal) && IsFilter(filter);
    }

    /// <summary>The topic of a hub's packets in the native format.</summary>
    public static string Packets(string station, string hub) => $"stations/{station}/hubs/{hub}/packets";

    /// <summary>The topic of a hub's retained status.</summary>
    public static string Status(string station, string hub) => $"stations/{station}/hubs/{hub}/status";

    /// <summary>The topic of a hub's retained receipt: what is safe.</summary>
    public static string Safe(string station, string hub) => $"stations/{station}/hubs/{hub}/safe";

    /// <summary>Why an id can't be a hub's or a watcher's; null when it can.</summary>
    public static string? WhyNoId(string? id) =>
        !EntityName.IsValid(id) ? $"expected {EntityName.Rule}" : ReservedHubs.Contains(id) ? "the gateway itself uses it" : null;

    // MQTT 5 section 4.7.1: a wildcard is a whole level, and # the last one.
    private static bool IsFilter(string filter)
    {
        var levels = filter.Split('/');
        return levels.Select((level, i) => !level.Contains('\0') && (level == "+" || (level == "#" && i == levels.Length - 1) || level.AsSpan().IndexOfAny('+', '#') < 0)).All(ok => ok);
    }
}
