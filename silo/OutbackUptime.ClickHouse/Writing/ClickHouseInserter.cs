using System.Globalization;
using ClickHouse.Driver;
using ClickHouse.Driver.Copy;
using OutbackUptime.ClickHouse.Schema;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>INSERTs by ClickHouse.Driver, as typed binary columns.</summary>
internal sealed class ClickHouseInserter(ClickHouseClient client, string database, Migrator migrator) : IStoreInserter
{
    private static readonly string[] s_readingColumns =
    [
        "station", "hub", "boot", "seq", "boot_assigned", "payload_hash", "hub_time", "received_at", "event_time", "clock_quality", "journal_epoch", "journal_offset", "metrics",
    ];

    private static readonly string[] s_quarantineColumns =
    [
        "station", "journal_epoch", "journal_offset", "hub", "topic", "received_at", "reason_code", "reason", "payload",
    ];

    // With the types known the driver asks nothing before an INSERT. async_insert=0: an answer means fsynced, not buffered.
    private readonly InsertOptions _readings = Options(database, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["hub"] = "LowCardinality(String)",
        ["boot"] = "UInt64",
        ["seq"] = "UInt64",
        ["boot_assigned"] = "Bool",
        ["payload_hash"] = "UInt64",
        ["hub_time"] = "Nullable(DateTime64(3, 'UTC'))",
        ["received_at"] = "DateTime64(6, 'UTC')",
        ["event_time"] = "DateTime64(3, 'UTC')",
        ["clock_quality"] = "Enum8('hub_clock' = 0, 'no_claim' = 1, 'claim_too_old' = 2, 'claim_in_future' = 3, 'repaired' = 4)",
        ["journal_epoch"] = "UUID",
        ["journal_offset"] = "UInt64",
        ["metrics"] = "Map(LowCardinality(String), Float64)",
    });

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
                await client.InsertBinaryAsync("readings", s_readingColumns, Readings(batches), _readings, cancellationToken).ConfigureAwait(false);
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
        CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal) { ["async_insert"] = 0, ["max_threads"] = 1 },
    };

    private static IEnumerable<object[]> Readings(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var r in batch.Readings)
            {
                var metrics = new Dictionary<string, double>(r.MetricNames.Length, StringComparer.Ordinal);
                for (var i = 0; i < r.MetricNames.Length; i++)
                {
                    metrics[r.MetricNames[i]] = r.MetricValues[i];
                }

                yield return
                [
                    batch.Station, r.Hub, (ulong)r.Boot, (ulong)r.Seq, r.BootAssigned, r.PayloadHash, (object?)r.HubTime?.UtcDateTime ?? DBNull.Value,
                    r.ReceivedAt.UtcDateTime, r.EventTime.UtcDateTime, Name(r.ClockQuality), batch.JournalEpoch, (ulong)r.JournalOffset, metrics,
                ];
            }
        }
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

    private static string Name(ClockQuality quality) => quality switch
    {
        ClockQuality.HubClock => "hub_clock",
        ClockQuality.NoClaim => "no_claim",
        ClockQuality.ClaimTooOld => "claim_too_old",
        ClockQuality.ClaimInFuture => "claim_in_future",
        ClockQuality.Repaired => "repaired",
        _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, null),
    };

    // Codes that speak of the data, not of the server: cannot parse (6, 27, 33, 53, 70, 72), too large (131), bad partition (248, 252).
    private static bool IsAboutRows(Exception e) => e switch
    {
        ClickHouseServerException server => server.ErrorCode is 6 or 27 or 33 or 53 or 70 or 72 or 131 or 248,
        ClickHouseBulkCopySerializationException or InvalidCastException or FormatException or OverflowException or ArgumentException => true,
        _ => false,
    };
}
