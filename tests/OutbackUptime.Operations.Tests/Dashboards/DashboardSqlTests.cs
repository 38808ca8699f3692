using OutbackUptime.Operations.Tests.Stack;
using OutbackUptime.Testing;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>Every SQL of the dashboards on the real engine, in a store that a silo has made, with rows of every kind.</summary>
[Collection(StackCollection.Name), Trait("Suite", "Slow")]
public sealed class DashboardSqlTests(RunningStack stack)
{
    private static readonly Dictionary<string, string> s_variables = new(StringComparer.Ordinal) { ["station"] = "boards", ["metric"] = "tank_level_pct" };

    private static readonly string[] s_rows =
    [
        "INSERT INTO syd.readings (station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, clock_quality, journal_epoch, journal_offset, metrics) SELECT 'boards', 'bore-01', 1, number, false, number, NULL, now64(6) - number * 20, now64(3) - number * 20, 'no_claim', generateUUIDv4(), number, map('tank_level_pct', 70 - number / 10.) FROM numbers(100)",
        "INSERT INTO syd.quarantine (station, journal_epoch, journal_offset, hub, topic, received_at, reason_code, reason, payload) VALUES ('boards', generateUUIDv4(), 1, 'bore-01', 't', now64(6), 'json-invalid', 'no JSON', 'x')",
        "INSERT INTO syd.loss_records (station, journal_epoch, journal_offset, received_at, cause, first_offset, last_offset, packets, hub, boot, first_seq, last_seq, missing_in, detail) VALUES ('boards', generateUUIDv4(), 1, now64(6), 'evicted', 1, 2, 2, 'bore-01', 1, 1, 2, ['mel'], '')",
        "INSERT INTO syd.thinned_rows (station, journal_epoch, journal_offset, received_at, hub, boot, first_seq, last_seq, packets, bucket, low, mean, high, latest) VALUES ('boards', generateUUIDv4(), 1, now64(6), 'bore-01', 1, 1, 2, 2, now(), map('a', 1), map('a', 2), map('a', 3), map('a', 2))",
        "INSERT INTO syd.uptime (station, hub, minute, verdict, late, judged_at, version) SELECT 'boards', 'bore-01', toStartOfMinute(now()) - number * 60, if(number % 3 = 0, 'link-down', 'up'), number % 3 = 0, now64(6), 1 FROM numbers(30)",
        "INSERT INTO syd.alerts (station, alert_id, hub, rule, severity, state, opened_at, changed_at, level, summary, facts, acknowledged_by, version) VALUES ('boards', 'a1', 'bore-01', 'tank-runs-out', 'critical', 'open', now64(3), now64(3), 1, '9 h of water left', map('hours', 9), '', 1)",
        "INSERT INTO syd.region_beats (region, silo, at, stations, stores_up) VALUES ('syd', 'syd-1', now64(3), 3, ['syd', 'mel'])",
    ];

    [Fact]
    public async Task EveryQuery_RunsAndFindsRows()
    {
        foreach (var row in s_rows)
        {
            await stack.QueryAsync(row);
        }

        await Eventually.TrueAsync(async () => await stack.QueryAsync("SELECT count() > 0 FROM syd.heatmap_minute WHERE station = 'boards'") == "1");
        var problems = new List<string>();
        foreach (var (where, sql) in DashboardFiles.Sql)
        {
            try
            {
                // As the plugin does: one database, and no more than reading.
                var answer = await stack.QueryAsync(GrafanaMacros.ExpandSql(sql, s_variables), "syd");
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
}
