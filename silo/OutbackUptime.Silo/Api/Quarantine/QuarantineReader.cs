using System.Text;

namespace OutbackUptime.Silo.Api.Quarantine;

/// <summary>The quarantine from the stores.</summary>
internal sealed class QuarantineReader(StoreQueries store)
{
    private const string Columns =
        """
        q.station, toString(q.journal_epoch), q.journal_offset, q.hub, q.topic, toUnixTimestamp64Micro(q.received_at), q.reason_code, q.reason, base64Encode(q.payload),
        r.replayed_by, r.hub, r.boot, r.seq, r.corrected, toUnixTimestamp64Milli(r.replayed_at) * 1000, r.note
        """;

    private const string Joined = "LEFT JOIN (SELECT * FROM replays FINAL) AS r ON r.station = q.station AND r.journal_epoch = q.journal_epoch AND r.journal_offset = q.journal_offset";

    /// <summary>Entries, the newest first.</summary>
    public Task<IReadOnlyList<QuarantineView>> ReadAsync(string? station, string? reason, Paging page, CancellationToken cancellationToken) => store.ReadAsync(
        $$"""
        SELECT {{Columns}} FROM (
            SELECT * FROM quarantined
            WHERE ({station:String} = '' OR station = {station:String}) AND ({reason:String} = '' OR reason_code = {reason:String})
            ORDER BY received_at DESC, station, journal_offset DESC {{page.Sql}}) AS q
        {{Joined}} ORDER BY q.received_at DESC, q.station, q.journal_offset DESC
        """,
        View, cancellationToken, ("station", station ?? ""), ("reason", reason ?? ""));

    /// <summary>One entry, or null.</summary>
    public async Task<QuarantineView?> FindAsync(string station, Guid epoch, long offset, CancellationToken cancellationToken) => await store.ReadAsync(
        $$"""
        SELECT {{Columns}} FROM (
            SELECT * FROM quarantined WHERE station = {station:String} AND journal_epoch = toUUID({epoch:String}) AND journal_offset = {offset:UInt64}) AS q
        {{Joined}}
        """,
        View, cancellationToken, ("station", station), ("epoch", epoch.ToString()), ("offset", (ulong)offset)).ConfigureAwait(false) is [var entry] ? entry : null;

    /// <summary>Entries by station and reason.</summary>
    public Task<IReadOnlyList<ReasonCount>> ReasonsAsync(string? station, CancellationToken cancellationToken) => store.ReadAsync(
        """
        SELECT station, reason_code, count(), toUnixTimestamp64Micro(max(received_at)) FROM quarantined
        WHERE {station:String} = '' OR station = {station:String} GROUP BY station, reason_code ORDER BY count() DESC LIMIT 500
        """,
        row => new ReasonCount(row.Text(0), row.Text(1), row.Long(2), row.Time(3)), cancellationToken, ("station", station ?? ""));

    private static QuarantineView View(System.Data.Common.DbDataReader row)
    {
        var payload = Convert.FromBase64String(row.Text(8));
        return new QuarantineView(
            row.Text(0), Guid.Parse(row.Text(1)), row.Long(2), row.Text(3), row.Text(4), row.Time(5), row.Text(6), row.Text(7),
            Encoding.UTF8.GetString(payload), row.Text(8),
            row.Text(9).Length == 0 ? null : new ReplayView(row.Text(10), row.Long(11), row.Long(12), row.Long(13) != 0, row.Text(9), row.Time(14), row.Text(15)));
    }
}
