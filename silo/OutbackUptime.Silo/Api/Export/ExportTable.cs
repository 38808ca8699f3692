namespace OutbackUptime.Silo.Api.Export;

/// <summary>A table of an export: what is read of it, as Parquet and as CSV.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Select">SELECT with `{station}`, quoted, in place of the station; columns in types that both formats know.</param>
/// <param name="Order">Columns that give rows a fixed order.</param>
internal sealed record ExportTable(string Name, string Select, string Order)
{
    private const string Journal = "toString(journal_epoch) AS journal_epoch, journal_offset";

    /// <summary>Packets of one month; maps as JSON text, which both formats know.</summary>
    public static ExportTable Packets(string month) => new(
        $"packets-{month[..4]}-{month[4..]}",
        $$"""
        SELECT station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, toString(clock_quality) AS clock_quality, {{Journal}},
               toJSONString(CAST(metrics, 'Map(String, Float64)')) AS metrics, committed_at
        FROM packets WHERE station = {station} AND toYYYYMM(received_at) = {{month}}
        """,
        "hub, boot, seq");

    /// <summary>The others.</summary>
    public static IReadOnlyList<ExportTable> Others { get; } =
    [
        new("quarantine", $$"""SELECT station, {{Journal}}, hub, topic, received_at, reason_code, reason, base64Encode(payload) AS payload_base64, committed_at FROM quarantined WHERE station = {station}""", "journal_epoch, journal_offset"),
        new("losses", $$"""SELECT station, {{Journal}}, received_at, toString(cause) AS cause, first_offset, last_offset, packets, hub, boot, first_seq, last_seq, arrayStringConcat(missing_in, ' ') AS missing_in, detail, committed_at FROM losses WHERE station = {station}""", "journal_epoch, journal_offset"),
        new("thinned", $$"""SELECT station, {{Journal}}, received_at, hub, boot, first_seq, last_seq, packets, bucket, toJSONString(CAST(low, 'Map(String, Float64)')) AS low, toJSONString(CAST(mean, 'Map(String, Float64)')) AS mean, toJSONString(CAST(high, 'Map(String, Float64)')) AS high, toJSONString(CAST(latest, 'Map(String, Float64)')) AS latest, committed_at FROM thinned WHERE station = {station}""", "journal_epoch, journal_offset"),
        new("uptime", """SELECT station, hub, minute, toString(verdict) AS verdict, late, judged_at AS committed_at FROM uptime_minutes WHERE station = {station}""", "hub, minute"),
        new("alerts", """SELECT station, alert_id, hub, rule, toString(severity) AS severity, toString(state) AS state, opened_at, changed_at, level, summary, toJSONString(CAST(facts, 'Map(String, Float64)')) AS facts, acknowledged_by, changed_at AS committed_at FROM alert_states WHERE station = {station}""", "opened_at, alert_id"),
        new("notices", """SELECT station, alert_id, kind, level, channel, delivered, attempted_at AS committed_at, detail FROM notices WHERE station = {station}""", "alert_id, kind, level, channel"),
        new("replays", $$"""SELECT station, {{Journal}}, hub, boot, seq, payload_hash, corrected, base64Encode(payload) AS payload_base64, reason_code, replayed_by, replayed_at AS committed_at, note FROM replays FINAL WHERE station = {station}""", "journal_epoch, journal_offset"),
    ];

    /// <summary>The statement: rows that were there at the cutoff, so that both formats hold the same.</summary>
    public string Sql(string station, long cutoffUs, string format) =>
        $"SELECT * FROM ({Select.Replace("{station}", $"'{station}'", StringComparison.Ordinal)}) WHERE committed_at <= fromUnixTimestamp64Micro({cutoffUs}) ORDER BY {Order} SETTINGS output_format_parquet_string_as_string = 1, date_time_output_format = 'iso' FORMAT {format}";
}
