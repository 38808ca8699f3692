using System.Globalization;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.ADO.Readers;
using ClickHouse.Driver.Utility;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Uptime;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>Reads what a new activation of the watch needs to know.</summary>
internal sealed class WatchReader(ClickHouseClient client, string database, TimeSpan timeout)
{
    public Task<List<SeenPacket>> PacketsAsync(string station, string which, TimeSpan slot, int most, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT hub, max(received_at) AS last, min(committed_at), argMax(event_time, received_at), argMax(metrics, received_at)
        FROM readings
        WHERE station = {"{station:String}"} AND {which}
        GROUP BY hub, intDiv(toUnixTimestamp64Micro(received_at), {(long)slot.TotalMicroseconds}), intDiv(toUnixTimestamp64Milli(event_time), {(long)slot.TotalMilliseconds})
        ORDER BY last
        LIMIT {most}
        """,
        station,
        r =>
        {
            var metrics = (IDictionary<string, double>)r.GetValue(4);
            return new SeenPacket
            {
                Hub = r.GetString(0),
                ReceivedAt = Time(r, 1),
                CommittedAt = Time(r, 2),
                EventTime = Time(r, 3),
                MetricNames = [.. metrics.Keys],
                MetricValues = [.. metrics.Values],
            };
        },
        cancellationToken);

    public Task<List<VerdictRow>> VerdictsAsync(string station, string rest, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT hub, minute, toString(verdict), late, judged_at
        FROM uptime FINAL
        WHERE station = {"{station:String}"} AND {rest}
        """,
        station,
        r => new VerdictRow(station, new MinuteVerdict(r.GetString(0), Time(r, 1), VerdictNames.Find(r.GetString(2)) ?? Verdict.Unknown, (bool)r.GetValue(3)), Time(r, 4)),
        cancellationToken);

    public Task<List<(DateTimeOffset Hour, ulong Sum)>> HourSumsAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT toStartOfHour(minute) AS hour, groupBitXor(cityHash64(hub, minute, toString(verdict), late))
        FROM uptime FINAL
        WHERE station = {"{station:String}"} AND minute >= {Micro(from)}
        GROUP BY hour
        """,
        station,
        r => (Time(r, 0), (ulong)r.GetValue(1)),
        cancellationToken);

    public Task<List<AlertRow>> AlertsAsync(string station, int most, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT alert_id, hub, rule, toInt8(severity), toInt8(state), opened_at, changed_at, level, summary, facts, acknowledged_by, version
        FROM alerts FINAL
        WHERE station = {"{station:String}"}
        ORDER BY state = 'cleared', changed_at DESC
        LIMIT {most}
        """,
        station,
        r => new AlertRow(
            new Alert(
                station, r.GetString(0), r.GetString(1), r.GetString(2), (AlertSeverity)Convert.ToInt32(r.GetValue(3), CultureInfo.InvariantCulture), (AlertState)Convert.ToInt32(r.GetValue(4), CultureInfo.InvariantCulture),
                Time(r, 5), Time(r, 6), Convert.ToInt32(r.GetValue(7), CultureInfo.InvariantCulture), r.GetString(8), new Dictionary<string, double>((IDictionary<string, double>)r.GetValue(9), StringComparer.Ordinal), r.GetString(10)),
            DateTimeOffset.FromUnixTimeMilliseconds((long)(ulong)r.GetValue(11))),
        cancellationToken);

    public Task<List<NoticeRow>> NoticesAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT alert_id, kind, level, channel, delivered, attempted_at, detail
        FROM notices
        WHERE station = {"{station:String}"} AND attempted_at >= {Micro(from)}
        LIMIT 10000
        """,
        station,
        r => new NoticeRow(
            station, r.GetString(0), r.GetString(1), Convert.ToInt32(r.GetValue(2), CultureInfo.InvariantCulture), r.GetString(3), Convert.ToBoolean(r.GetValue(4), CultureInfo.InvariantCulture), Time(r, 5), r.GetString(6)),
        cancellationToken);

    public Task<List<(string Region, DateTimeOffset At)>> BeatsAsync(DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT region, max(at) AS last
        FROM region_beats
        WHERE at >= {Micro(from)}
        GROUP BY region, intDiv(toUnixTimestamp64Milli(at), 10000)
        ORDER BY last
        LIMIT 100000
        """,
        "",
        r => (r.GetString(0), Time(r, 1)),
        cancellationToken);

    public static string Micro(DateTimeOffset at) =>
        $"fromUnixTimestamp64Micro({(at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond}, 'UTC')";

    private static DateTimeOffset Time(ClickHouseDataReader reader, int column) => new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    private async Task<List<T>> ReadAsync<T>(string sql, string station, Func<ClickHouseDataReader, T> read, CancellationToken cancellationToken)
    {
        var parameters = new ClickHouseParameterCollection();
        parameters.AddParameter("station", station);
        List<T> rows = [];
        await using var reader = await client.ExecuteReaderAsync(sql, parameters, new QueryOptions { Database = database, MaxExecutionTime = timeout }, cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
