using ClickHouse.Driver;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>INSERTs of the watch's rows.</summary>
internal sealed class WatchInserter(ClickHouseClient client, string database)
{
    private readonly InsertOptions _verdicts = Options(database, WatchColumns.VerdictTypes);
    private readonly InsertOptions _alerts = Options(database, WatchColumns.AlertTypes);
    private readonly InsertOptions _notices = Options(database, WatchColumns.NoticeTypes);
    private readonly InsertOptions _beats = Options(database, WatchColumns.BeatTypes);

    public async Task InsertAsync(IReadOnlyList<WatchRows> rows, CancellationToken cancellationToken)
    {
        await InsertAsync("alerts", WatchColumns.AlertTypes, [.. rows.SelectMany(r => r.Alerts).Select(WatchColumns.Alert)], _alerts, cancellationToken).ConfigureAwait(false);
        await InsertAsync("alert_notices", WatchColumns.NoticeTypes, [.. rows.SelectMany(r => r.Notices).Select(WatchColumns.Notice)], _notices, cancellationToken).ConfigureAwait(false);
        await InsertAsync("uptime", WatchColumns.VerdictTypes, [.. rows.SelectMany(r => r.Verdicts).Select(WatchColumns.Verdict)], _verdicts, cancellationToken).ConfigureAwait(false);
        await InsertAsync("region_beats", WatchColumns.BeatTypes, [.. rows.SelectMany(r => r.Beats).Select(WatchColumns.Beat)], _beats, cancellationToken).ConfigureAwait(false);
    }

    private async Task InsertAsync(string table, IReadOnlyDictionary<string, string> types, List<object[]> rows, InsertOptions options, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            await client.InsertBinaryAsync(table, types.Keys, rows, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static InsertOptions Options(string database, IReadOnlyDictionary<string, string> types) => new()
    {
        Database = database,
        ColumnTypes = types,
        BatchSize = 50_000,
        MaxDegreeOfParallelism = 1,
        CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal) { ["async_insert"] = 0, ["max_threads"] = 1 },
    };
}
