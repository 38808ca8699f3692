using OutbackUptime.Domain.Uptime;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>Columns and values of what the watch writes.</summary>
internal static class WatchColumns
{
    public static readonly IReadOnlyDictionary<string, string> VerdictTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["hub"] = "LowCardinality(String)",
        ["minute"] = "DateTime('UTC')",
        ["verdict"] = "Enum8('up' = 1, 'hub-down' = 2, 'gateway-down' = 3, 'link-down' = 4, 'region-down' = 5, 'ours' = 6, 'unknown' = 7)",
        ["late"] = "Bool",
        ["judged_at"] = "DateTime64(6, 'UTC')",
        ["version"] = "UInt64",
    };

    public static readonly IReadOnlyDictionary<string, string> AlertTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["alert_id"] = "String",
        ["hub"] = "LowCardinality(String)",
        ["rule"] = "LowCardinality(String)",
        ["severity"] = "Enum8('info' = 1, 'warning' = 2, 'critical' = 3)",
        ["state"] = "Enum8('open' = 1, 'acknowledged' = 2, 'cleared' = 3)",
        ["opened_at"] = "DateTime64(3, 'UTC')",
        ["changed_at"] = "DateTime64(3, 'UTC')",
        ["level"] = "UInt8",
        ["summary"] = "String",
        ["facts"] = "Map(LowCardinality(String), Float64)",
        ["acknowledged_by"] = "String",
        ["version"] = "UInt64",
    };

    public static readonly IReadOnlyDictionary<string, string> NoticeTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["alert_id"] = "String",
        ["kind"] = "LowCardinality(String)",
        ["level"] = "UInt8",
        ["channel"] = "LowCardinality(String)",
        ["delivered"] = "Bool",
        ["attempted_at"] = "DateTime64(3, 'UTC')",
        ["detail"] = "String",
    };

    public static readonly IReadOnlyDictionary<string, string> BeatTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["region"] = "LowCardinality(String)",
        ["silo"] = "LowCardinality(String)",
        ["at"] = "DateTime64(3, 'UTC')",
        ["stations"] = "UInt32",
        ["stores_up"] = "Array(LowCardinality(String))",
    };

    public static object[] Verdict(VerdictRow r) =>
        [r.Station, r.Minute.Hub, r.Minute.Minute.UtcDateTime, VerdictNames.NameOf(r.Minute.Verdict), r.Minute.Late, r.JudgedAt.UtcDateTime, Version(r.JudgedAt)];

    public static object[] Alert(AlertRow r) =>
    [
        r.Alert.Station, r.Alert.Id, r.Alert.Hub, r.Alert.Rule, r.Alert.Severity.ToString().ToLowerInvariant(), r.Alert.State.ToString().ToLowerInvariant(),
        r.Alert.OpenedAt.UtcDateTime, r.Alert.ChangedAt.UtcDateTime, (byte)Math.Clamp(r.Alert.Level, 0, 255), r.Alert.Summary,
        new Dictionary<string, double>(r.Alert.Facts, StringComparer.Ordinal), r.Alert.AcknowledgedBy, Version(r.WrittenAt),
    ];

    public static object[] Notice(NoticeRow r) =>
        [r.Station, r.AlertId, r.Kind, (byte)Math.Clamp(r.Level, 0, 255), r.Channel, r.Delivered, r.AttemptedAt.UtcDateTime, r.Detail];

    public static object[] Beat(RegionBeat r) => [r.Region, r.Silo, r.At.UtcDateTime, (uint)r.Stations, r.StoresUp.ToArray()];

    private static ulong Version(DateTimeOffset at) => (ulong)at.ToUnixTimeMilliseconds();
}
