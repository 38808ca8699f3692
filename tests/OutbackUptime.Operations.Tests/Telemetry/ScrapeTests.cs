using System.Text.RegularExpressions;
using OutbackUptime.Operations.Tests.Stack;

namespace OutbackUptime.Operations.Tests.Telemetry;

/// <summary>What a real silo and gateway say to Prometheus.</summary>
[Collection(StackCollection.Name), Trait("Suite", "Slow")]
public sealed partial class ScrapeTests(RunningStack stack)
{
    [ToolFact("promtool")]
    public async Task GatewaysPage_IsFreeOfFaults()
    {
        await stack.PublishAsync();

        var page = await stack.GatewayMetricsAsync();

        var (exit, output) = await Tool.RunAsync("promtool", ["check", "metrics"], page);
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task ServiceLevelMetrics_HaveTheirNames()
    {
        await stack.PublishAsync();
        var (gateway, silo) = (await stack.GatewayMetricsAsync(), await stack.SiloMetricsAsync());

        Assert.All(
            ["ingest_latency_seconds_bucket", "ingest_packets_total", "ingest_errors_total", "ingest_duplicates_total", "quarantined_packets_total", "journal_depth", "journal_oldest_unsafe_age_seconds", "watermark_lag_seconds"],
            name => Assert.Contains($"\n{name}{{", gateway, StringComparison.Ordinal));
        Assert.All(
            ["ingest_latency_seconds_bucket", "ingest_packets_total", "ingest_errors_total", "quarantined_packets_total", "store_breaker_open", "stations_owned", "takeovers_total", "gateway_connected"],
            name => Assert.Contains($"\n{name}{{", silo, StringComparison.Ordinal));
        foreach (var stage in new[] { "committed", "safe" })
        {
            Assert.Matches($$"""ingest_latency_seconds_bucket\{station="{{RunningStack.Station}}",stage="{{stage}}",region="(syd|mel)",le="0.3"\}""", gateway);
        }
    }

    [Fact]
    public async Task NoSeries_IsOfAHub()
    {
        await stack.PublishAsync();

        foreach (var page in new[] { await stack.GatewayMetricsAsync(), await stack.SiloMetricsAsync() })
        {
            Assert.Contains("ingest_packets_total", page, StringComparison.Ordinal);
            Assert.DoesNotContain(RunningStack.Hub, page, StringComparison.Ordinal);
            Assert.DoesNotMatch(HubLabel(), page);
        }
    }

    [GeneratedRegex("[{,]hub(_id)?=")]
    private static partial Regex HubLabel();
}
