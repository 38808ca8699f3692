using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OutbackUptime.EmbeddedClickHouse.Engine;

namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>
/// What a server's Prometheus endpoint tells, by the same names: `ClickHouseProfileEvents_*`, `ClickHouseMetrics_*`, and of
/// `ClickHouseAsyncMetrics_*` (which the embedded engine does not gather) those that our rules use. Processor time is this process's
/// in place of the whole machine's, between two scrapes.
/// </summary>
internal static class MetricsEndpoint
{
    private const string Sql = """
        SELECT concat('ClickHouseProfileEvents_', event) AS name, 'counter', toFloat64(value) FROM system.events
        UNION ALL SELECT concat('ClickHouseMetrics_', metric), 'gauge', toFloat64(value) FROM system.metrics
        UNION ALL SELECT 'ClickHouseAsyncMetrics_TotalBytesOfMergeTreeTables', 'gauge', toFloat64(sum(bytes_on_disk)) FROM system.parts WHERE active
        """;

    public static void MapMetrics(this IEndpointRouteBuilder app, EnginePool pool, TimeProvider time)
    {
        var last = (At: time.GetTimestamp(), Use: Environment.CpuUsage);
        app.MapGet("/metrics", async (HttpContext context) =>
        {
            var now = (At: time.GetTimestamp(), Use: Environment.CpuUsage);
            var seconds = Math.Max(0.001, time.GetElapsedTime(last.At, now.At).TotalSeconds);
            var (user, system) = ((now.Use.UserTime - last.Use.UserTime).TotalSeconds / seconds, (now.Use.PrivilegedTime - last.Use.PrivilegedTime).TotalSeconds / seconds);
            last = now;
            var result = await pool.RunAsync(c => c.Query(Sql, "TabSeparated", []), context.RequestAborted).ConfigureAwait(false);
            var page = new StringBuilder();
            foreach (var line in Encoding.UTF8.GetString(result.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Split('\t') is [var name, var type, var value])
                {
                    page.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n{name} {value}\n");
                }
            }

            Gauge(page, "OSUserTime", user);
            Gauge(page, "OSSystemTime", system);
            Gauge(page, "OSUserTimeNormalized", user / Environment.ProcessorCount);
            Gauge(page, "OSSystemTimeNormalized", system / Environment.ProcessorCount);
            Gauge(page, "MemoryResident", Environment.WorkingSet);
            return Results.Text(page.ToString(), "text/plain; version=0.0.4");
        });
    }

    private static void Gauge(StringBuilder page, string name, double value) =>
        page.Append(CultureInfo.InvariantCulture, $"# TYPE ClickHouseAsyncMetrics_{name} gauge\nClickHouseAsyncMetrics_{name} {value}\n");
}
