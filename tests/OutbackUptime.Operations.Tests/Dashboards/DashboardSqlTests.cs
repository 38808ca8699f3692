using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OutbackUptime.ClickHouse;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>Every SQL of the dashboards on the real engine, with the product's own schema and rows of every kind.</summary>
[Trait("Suite", "Slow")]
public sealed class DashboardSqlTests
{
    private static readonly Dictionary<string, string> s_variables = new(StringComparer.Ordinal) { ["station"] = "napperby", ["metric"] = "tank_level_pct" };

    private static readonly string[] s_rows =
    [
        "INSERT INTO board.readings (station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, clock_quality, journal_epoch, journal_offset, metrics) SELECT 'napperby', 'bore-01', 1, number, false, number, NULL, now64(6) - number * 20, now64(3) - number * 20, 'no_claim', generateUUIDv4(), number, map('tank_level_pct', 70 - number / 10.) FROM numbers(100)",
        "INSERT INTO board.quarantine (station, journal_epoch, journal_offset, hub, topic, received_at, reason_code, reason, payload) VALUES ('napperby', generateUUIDv4(), 1, 'bore-01', 't', now64(6), 'json-invalid', 'no JSON', 'x')",
        "INSERT INTO board.loss_records (station, journal_epoch, journal_offset, received_at, cause, first_offset, last_offset, packets, hub, boot, first_seq, last_seq, missing_in, detail) VALUES ('napperby', generateUUIDv4(), 1, now64(6), 'evicted', 1, 2, 2, 'bore-01', 1, 1, 2, ['mel'], '')",
        "INSERT INTO board.thinned_rows (station, journal_epoch, journal_offset, received_at, hub, boot, first_seq, last_seq, packets, bucket, low, mean, high, latest) VALUES ('napperby', generateUUIDv4(), 1, now64(6), 'bore-01', 1, 1, 2, 2, now(), map('a', 1), map('a', 2), map('a', 3), map('a', 2))",
        "INSERT INTO board.uptime (station, hub, minute, verdict, late, judged_at, version) SELECT 'napperby', 'bore-01', toStartOfMinute(now()) - number * 60, if(number % 3 = 0, 'link-down', 'up'), number % 3 = 0, now64(6), 1 FROM numbers(30)",
        "INSERT INTO board.alerts (station, alert_id, hub, rule, severity, state, opened_at, changed_at, level, summary, facts, acknowledged_by, version) VALUES ('napperby', 'a1', 'bore-01', 'tank-runs-out', 'critical', 'open', now64(3), now64(3), 1, '9 h of water left', map('hours', 9), '', 1)",
        "INSERT INTO board.region_beats (region, silo, at, stations, stores_up) VALUES ('syd', 'syd-1', now64(3), 3, ['syd', 'mel'])",
    ];

    [Fact]
    public async Task EveryQuery_RunsAndFindsRows()
    {
        await using var server = await ClickHouseServer.StartAsync();
        using var host = await MigrateAsync(server, "board");
        foreach (var row in s_rows)
        {
            await server.QueryAsync(row);
        }

        await Eventually.TrueAsync(async () => await server.QueryAsync("SELECT count() > 0 FROM board.heatmap_minute") == "true");
        var problems = new List<string>();
        foreach (var (where, sql) in DashboardFiles.Sql)
        {
            try
            {
                // As the plugin does: one database, and no more than reading.
                var answer = await server.QueryAsync(GrafanaMacros.ExpandSql(sql, s_variables), "board");
                if (answer.Length == 0)
                {
                    problems.Add($"{where}: finds no row");
                }
            }
            catch (InvalidOperationException e)
            {
                problems.Add($"{where}: {e.Message}");
            }
        }

        Assert.True(DashboardFiles.Sql.Count >= 10);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static async Task<IHost> MigrateAsync(ClickHouseServer server, string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Stores:Regions:syd:ConnectionString", $"Host=127.0.0.1;Port={server.Port};Database={database}"), new("Stores:Writer:ProbeInterval", "00:00:00.100")]);
        builder.Services.AddLogging();
        builder.Services.AddClickHouseStores(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        var store = host.Services.GetRequiredService<IRegionStores>().All.Single();
        await Eventually.TrueAsync(() => store.IsAvailable, TimeSpan.FromSeconds(60));
        return host;
    }
}
