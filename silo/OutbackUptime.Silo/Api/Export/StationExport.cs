using System.IO.Compression;
using System.Text.Json;
using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.Silo.Api.Quarantine;
using OutbackUptime.Silo.Api.Uptime;

namespace OutbackUptime.Silo.Api.Export;

/// <summary>Gives a station all its data: every row as Parquet and CSV, the ledger, and a manifest with hashes, as a zip that is streamed.</summary>
internal sealed class StationExport(StoreQueries store, QuarantineReader quarantine, UptimeReader uptime, TimeProvider time)
{
    private const string Readme =
        """
        All rows of one station, each table as Parquet and as CSV (UTF-8, header, RFC 4180; times in UTC).

        packets-YYYY-MM   packets by month of receipt; key (station, hub, boot, seq); metrics as JSON, the unit is the name's suffix
        quarantine        what was published and is no packet, with its reason
        losses, thinned   what the gateway's journal gave up or thinned, by name
        uptime            per hub and minute the first dead hop
        alerts, notices   alerts and what was told of them
        replays           quarantined entries that were written as packets after all
        ledger.json       counts in both regions, ranges, losses, quarantine, uptime
        manifest.json     every file's length and SHA-256; the last file, so an export without it is incomplete

        """;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The store to read from: the first that answers, own region first.</summary>
    public async Task<(IStoreReader Store, DateTimeOffset Cutoff)> PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var candidate in store.Ordered)
        {
            try
            {
                // By the store's clock, which stamps the rows.
                var now = await candidate.QueryAsync("SELECT toUnixTimestamp64Micro(now64(6))", StoreQueries.Collect(), row => row.Time(0), cancellationToken).ConfigureAwait(false);
                return (candidate, now[0]);
            }
            catch (StoreUnreadableException)
            {
                // The next one.
            }
        }

        throw new StoreUnreadableException("any", "none answers");
    }

    /// <summary>Writes the archive.</summary>
    public async Task WriteAsync(string station, string by, IStoreReader source, DateTimeOffset cutoff, Stream output, CancellationToken cancellationToken)
    {
        List<ExportFile> files = [];
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        async Task AddAsync(string name, bool csv, Func<Stream, Task> write)
        {
            var entry = archive.CreateEntry(name, name.EndsWith(".parquet", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
            await using var target = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var hashing = new HashingStream(target);
            await write(hashing).ConfigureAwait(false);
            files.Add(new ExportFile(name, hashing.Bytes, hashing.Sha256(), csv ? Math.Max(0, hashing.Lines - 1) : null));
        }

        await AddAsync("README.txt", false, s => s.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Readme), cancellationToken).AsTask()).ConfigureAwait(false);
        var months = await source.QueryAsync("SELECT DISTINCT toString(toYYYYMM(received_at)) AS m FROM readings WHERE station = {station:String} ORDER BY m", StoreQueries.Collect(("station", station)), row => row.Text(0), cancellationToken).ConfigureAwait(false);
        foreach (var table in months.Select(ExportTable.Packets).Concat(ExportTable.Others))
        {
            await AddAsync($"{table.Name}.csv", true, s => source.CopyAsync(table.Sql(station, cutoff.Micros(), "CSVWithNames"), s, cancellationToken)).ConfigureAwait(false);
            await AddAsync($"{table.Name}.parquet", false, s => source.CopyAsync(table.Sql(station, cutoff.Micros(), "Parquet"), s, cancellationToken)).ConfigureAwait(false);
        }

        var ledger = await LedgerAsync(station, cancellationToken).ConfigureAwait(false);
        await AddAsync("ledger.json", false, s => JsonSerializer.SerializeAsync(s, ledger, s_json, cancellationToken)).ConfigureAwait(false);
        var manifest = new ExportManifest(station, time.GetUtcNow(), by, source.Region, cutoff, [.. files]);
        await AddAsync("manifest.json", false, s => JsonSerializer.SerializeAsync(s, manifest, s_json, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<ExportLedger> LedgerAsync(string station, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, IReadOnlyDictionary<string, long>?>(StringComparer.Ordinal);
        foreach (var region in store.Stores.All)
        {
            try
            {
                counts[region.Region] = await StationTables.CountAsync(region, station, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreUnreadableException)
            {
                counts[region.Region] = null;
            }
        }

        var ranges = await store.ReadAsync(
            """
            SELECT hub, boot, uniqExact(seq), min(seq), max(seq), toUnixTimestamp64Micro(min(received_at)), toUnixTimestamp64Micro(max(received_at))
            FROM readings WHERE station = {station:String} GROUP BY hub, boot ORDER BY hub, boot LIMIT 100000
            """,
            row => new SeqRange(row.Text(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), row.Time(5), row.Time(6)), cancellationToken, ("station", station)).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return new ExportLedger(
            station, counts, ranges,
            await uptime.LossesAsync(station, new Paging { LimitAsked = 500 }, cancellationToken).ConfigureAwait(false),
            await quarantine.ReasonsAsync(station, cancellationToken).ConfigureAwait(false),
            await uptime.ReadAsync(station, "hub", now.AddDays(-400), now, cancellationToken).ConfigureAwait(false));
    }
}
