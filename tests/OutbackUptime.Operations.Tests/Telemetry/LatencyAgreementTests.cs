using System.Text.Json;
using OutbackUptime.Operations.Tests.Stack;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Operations.Tests.Telemetry;

/// <summary>What people see on dashboards is what happened: Prometheus' quantiles beside those of the demo's report.</summary>
[Trait("Suite", "Slow")]
public sealed class LatencyAgreementTests
{
    private const double Tolerance = 0.10;

    [ToolFact("prometheus")]
    public async Task IngestLatency_InPrometheus_AgreesWithTheReport()
    {
        using var folder = new TempFolder();
        var path = folder.File("report.json");
        // Long enough for the demo's warm-up: the start's slow packets, which Prometheus may have missed, are not compared.
        await using var demo = ChildProcess.StartProject("OutbackUptime.Demo", ["--for", "40s", "--stations", "2", "--hubs", "20", "--prometheus", "--data", folder.File("data"), "--report", path]);

        var exit = await demo.WaitForExitAsync(TimeSpan.FromMinutes(4));

        Assert.True(exit == 0, demo.Output);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        var latencies = report.RootElement.GetProperty("latencyMs");
        foreach (var (prometheus, own) in new[] { ("prometheusCommitted", "receivedToCommitted"), ("prometheusSafe", "receivedToSafe") })
        {
            foreach (var quantile in new[] { "p50", "p95" })
            {
                var (seen, reported) = (latencies.GetProperty(prometheus).GetProperty(quantile).GetDouble(), latencies.GetProperty(own).GetProperty(quantile).GetDouble());
                Assert.True(Math.Abs(seen - reported) <= Tolerance * reported, $"{prometheus} {quantile}: {seen} ms, the report says {reported} ms\n{demo.Output}");
            }
        }
    }
}
