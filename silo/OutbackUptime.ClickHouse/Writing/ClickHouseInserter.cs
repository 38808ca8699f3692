using System.Globalization;
using System.IO.Compression;
using ClickHouse.Driver;
using ClickHouse.Driver.Copy;
using OutbackUptime.ClickHouse.Schema;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>INSERTs by ClickHouse.Driver: packets as RowBinary of our own, the few other rows by the driver's typed columns.</summary>
internal sealed class ClickHouseInserter(ClickHouseClient client, string database, Migrator migrator, bool compress) : IStoreInserter
{
    private static readonly string s_insertReadings = $"INSERT INTO readings ({string.Join(", ", ReadingRows.Columns)}) FORMAT RowBinary";

    private static readonly string[] s_quarantineColumns =
    [
        "station", "journal_epoch", "journal_offset", "hub", "topic", "received_at", "reason_code", "reason", "payload",
    ];

    // async_insert=0: an answer means fsynced, not buffered.
    private readonly QueryOptions _readings = new() { Database = database, CustomSettings = Settings() };

    // With the types known the driver asks nothing before an INSERT.
    private readonly InsertOptions _quarantine = Options(database, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["journal_epoch"] = "UUID",
        ["journal_offset"] = "UInt64",
        ["hub"] = "LowCardinality(String)",
        ["topic"] = "String",
        ["received_at"] = "DateTime64(6, 'UTC')",
        ["reason_code"] = "LowCardinality(String)",
        ["reason"] = "String",
        ["payload"] = "String",
    });

    private readonly InsertOptions _losses = Options(database, LossColumns.LossTypes);
    private readonly InsertOptions _thinned = Options(database, LossColumns.ThinnedTypes);

    /// <inheritdoc/>
    public async Task InsertAsync(IReadOnlyList<StoreBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            if (batches.Any(b => b.Readings.Count > 0))
            {
                await InsertReadingsAsync(batches, cancellationToken).ConfigureAwait(false);
            }

            if (batches.Any(b => b.Quarantined.Count > 0))
            {
                await client.InsertBinaryAsync("quarantine", s_quarantineColumns, Quarantined(batches), _quarantine, cancellationToken).ConfigureAwait(false);
            }

            if (batches.Any(b => b.Thinned.Count > 0))
            {
                await client.InsertBinaryAsync("thinned_rows", LossColumns.ThinnedNames, LossColumns.Thinned(batches), _thinned, cancellationToken).ConfigureAwait(false);
            }

            if (batches.Any(b => b.Losses.Count > 0))
            {
                await client.InsertBinaryAsync("loss_records", LossColumns.LossNames, LossColumns.Losses(batches), _losses, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsAboutRows(e))
        {
            throw new BadRowsException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async Task PrepareAsync(DateTimeOffset? doubtfulSince, CancellationToken cancellationToken)
    {
        await migrator.ApplyAsync(cancellationToken).ConfigureAwait(false);
        if (doubtfulSince is not { } since)
        {
            return;
        }

        // An INSERT and its materialised view are not atomic, and the view's rows wait in memory for a second or two: rows may be
        // in readings and not in the roll-up. The aggregates are idempotent, so feeding them again is harmless. A minute of
        // slack: the two clocks may differ.
        var from = since.AddMinutes(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await client.ExecuteNonQueryAsync(
            $"""
            INSERT INTO readings_minute_buffer
            SELECT station, hub, name AS metric, toStartOfMinute(toDateTime(event_time, 'UTC')) AS minute,
                   min(value) AS low, max(value) AS high, argMaxState(value, event_time) AS latest, uniqState(boot, seq) AS packets
            FROM readings ARRAY JOIN mapKeys(metrics) AS name, mapValues(metrics) AS value
            WHERE committed_at >= fromUnixTimestamp64Second({from})
            GROUP BY station, hub, metric, minute
            """,
            null,
            new QueryOptions { Database = database },
            cancellationToken).ConfigureAwait(false);
    }

    private static InsertOptions Options(string database, IReadOnlyDictionary<string, string> types) => new()
    {
        Database = database,
        ColumnTypes = types,
        BatchSize = 20_000,
        MaxDegreeOfParallelism = 1,
        CustomSettings = Settings(),
    };

    private static Dictionary<string, object> Settings() => new(StringComparer.Ordinal) { ["async_insert"] = 0, ["max_threads"] = 1 };

    private async Task InsertReadingsAsync(IReadOnlyList<StoreBatch> batches, CancellationToken cancellationToken)
    {
        using var answer = await client.PostStreamAsync(
            s_insertReadings,
            async (body, token) =>
            {
                // Fastest: what is saved is bytes between regions, and a better ratio costs more than it saves.
                await using var packed = compress ? new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true) : null;
                using var writer = new RowBinaryWriter(packed ?? body);
                await ReadingRows.WriteAsync(writer, batches, token).ConfigureAwait(false);
            },
            compress,
            cancellationToken,
            _readings).ConfigureAwait(false);
    }

    private static IEnumerable<object[]> Quarantined(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var q in batch.Quarantined)
            {
                yield return
                [
                    batch.Station, batch.JournalEpoch, (ulong)q.JournalOffset, q.Hub, q.Topic, q.ReceivedAt.UtcDateTime, q.ReasonCode, q.Reason, q.Payload,
                ];
            }
        }
    }

    // Codes that speak of the data, not of the server: cannot parse (6, 27, 33, 53, 70, 72), too large (131), bad partition (248, 252).
    private static bool IsAboutRows(Exception e) => e switch
    {
        ClickHouseServerException server => server.ErrorCode is 6 or 27 or 33 or 53 or 70 or 72 or 131 or 248,
        ClickHouseBulkCopySerializationException or InvalidCastException or FormatException or OverflowException or ArgumentException => true,
        _ => false,
    };
}
