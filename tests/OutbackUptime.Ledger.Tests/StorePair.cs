using System.Globalization;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Ledger.Tests;

/// <summary>Two real engines with tables of the shape that the checker reads. No exactness of the product's own: rows are as the test puts them.</summary>
public sealed class StorePair : IAsyncLifetime
{
    private readonly Dictionary<string, ClickHouseServer> _servers = [];

    public async Task InitializeAsync()
    {
        foreach (var region in new[] { "syd", "mel" })
        {
            var server = _servers[region] = await ClickHouseServer.StartAsync();
            await server.QueryAsync("CREATE DATABASE outback ENGINE = Atomic");
            await server.QueryAsync("CREATE TABLE outback.packets (station String, hub String, boot UInt64, seq UInt64, boot_assigned Bool, payload_hash UInt64, hub_time Nullable(DateTime64(3, 'UTC')), metrics Map(LowCardinality(String), Float64)) ENGINE = MergeTree ORDER BY seq");
            await server.QueryAsync("CREATE VIEW outback.readings AS SELECT * FROM outback.packets");
            await server.QueryAsync("CREATE TABLE outback.quarantined (station String, hub String, reason_code String, payload String) ENGINE = MergeTree ORDER BY hub");
            await server.QueryAsync("CREATE TABLE outback.losses (station String, journal_epoch UUID, journal_offset UInt64, cause Enum8('damaged' = 1, 'evicted' = 2, 'thinned' = 3), first_offset UInt64, last_offset UInt64, packets UInt64, hub String, boot UInt64, first_seq UInt64, last_seq UInt64, missing_in Array(LowCardinality(String))) ENGINE = MergeTree ORDER BY journal_offset");
            await server.QueryAsync("CREATE TABLE outback.thinned (station String, journal_epoch UUID, journal_offset UInt64, hub String, boot UInt64, first_seq UInt64, last_seq UInt64, packets UInt64) ENGINE = MergeTree ORDER BY journal_offset");
        }
    }

    public Uri UrlOf(string region) => _servers[region].Url;

    public async Task ClearAsync()
    {
        foreach (var server in _servers.Values)
        {
            foreach (var table in new[] { "packets", "quarantined", "losses", "thinned" })
            {
                await server.QueryAsync($"TRUNCATE TABLE outback.{table}");
            }
        }
    }

    public Task InsertAsync(string region, long seq, double value, long ts, string hub = "bore-01") => _servers[region].QueryAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO outback.packets SELECT 'napperby', '{hub}', 7, {seq}, false, 0, fromUnixTimestamp64Milli({ts}, 'UTC'), map('v', reinterpretAsFloat64(toUInt64({BitConverter.DoubleToUInt64Bits(value)})))"));

    /// <summary>A gateway's canary.</summary>
    public Task InsertCanaryAsync(string region) => _servers[region].QueryAsync(
        "INSERT INTO outback.packets SELECT 'napperby', 'gateway', 1795000000, 1, false, 0, NULL, map('journal_depth', 0.)");

    /// <summary>A loss record of boot 7, or of what is given.</summary>
    public Task InsertLossAsync(string region, string cause, long first, long last, long packets, string missingIn = "'mel'", string hub = "bore-01", int boot = 7, long offset = 900, long firstOffset = 1) => _servers[region].QueryAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO outback.losses SELECT 'napperby', '0193a5b0-0000-7000-8000-000000000001', {offset}, '{cause}', {firstOffset}, {firstOffset + 99}, {packets}, '{hub}', {boot}, {first}, {last}, [{missingIn}]"));

    public Task InsertThinnedAsync(string region, long first, long last, long packets, long offset = 950) => _servers[region].QueryAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO outback.thinned SELECT 'napperby', '0193a5b0-0000-7000-8000-000000000001', {offset}, 'bore-01', 7, {first}, {last}, {packets}"));

    /// <summary>Rows in one INSERT.</summary>
    public Task InsertManyAsync(string region, IReadOnlyList<(long Seq, double Value)> rows, long ts) => rows.Count == 0 ? Task.CompletedTask : _servers[region].QueryAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO outback.packets SELECT 'napperby', 'bore-01', 7, t.1, false, 0, fromUnixTimestamp64Milli({ts}, 'UTC'), map('v', reinterpretAsFloat64(toUInt64(t.2))) FROM (SELECT arrayJoin([{string.Join(',', rows.Select(r => $"({r.Seq},{BitConverter.DoubleToUInt64Bits(r.Value)})"))}]) AS t)"));

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
