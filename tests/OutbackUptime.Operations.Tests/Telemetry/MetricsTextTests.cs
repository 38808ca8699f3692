using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway;
using OutbackUptime.EdgeGateway.Telemetry;
using OutbackUptime.Operations.Tests.Stack;

namespace OutbackUptime.Operations.Tests.Telemetry;

public sealed class MetricsTextTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter _meter;
    private readonly MetricsPage _page;

    public MetricsTextTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _page = new MetricsPage(factory, Options.Create(new GatewayOptions { Station = "a\"b\\c\nd", HomeRegion = "syd", DataDirectory = "/" }));
        _meter = factory.Create("OutbackUptime.Test");
    }

    public void Dispose()
    {
        _page.Dispose();
        _services.Dispose();
    }

    [ToolFact("promtool")]
    public async Task Page_WithEveryKindOfInstrument_IsWhatPrometheusReads()
    {
        _meter.CreateCounter<long>("outback.things", "{thing}", "Things, \\ and\nmore.").Add(3, new KeyValuePair<string, object?>("kind", "x\"y\\z\n"));
        var latency = _meter.CreateHistogram("ingest_latency", "s", "Latency.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.3, 0.5] });
        latency.Record(0.3);
        latency.Record(0.4);
        latency.Record(7);
        _meter.CreateObservableGauge("journal_size", () => 1024L, "By", "Bytes.");
        _meter.CreateObservableGauge("journal_dark_time", () => double.PositiveInfinity, "s", "Time.");

        var page = Read();

        var (exit, output) = await Tool.RunAsync("promtool", ["check", "metrics"], page);
        Assert.True(exit == 0, output + page);
        const string station = """station="a\"b\\c\nd" """;
        Assert.Contains($$"""outback_things_total{{{station.Trim()}},kind="x\"y\\z\n"} 3""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains($$"""ingest_latency_seconds_bucket{{{station.Trim()}},le="0.3"} 1""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains($$"""ingest_latency_seconds_bucket{{{station.Trim()}},le="0.5"} 2""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains($$"""ingest_latency_seconds_bucket{{{station.Trim()}},le="+Inf"} 3""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains($$"""ingest_latency_seconds_sum{{{station.Trim()}}} 7.7""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains("# UNIT journal_size_bytes bytes\n", page, StringComparison.Ordinal);
        Assert.Contains($$"""journal_dark_time_seconds{{{station.Trim()}}} +Inf""" + "\n", page, StringComparison.Ordinal);
        Assert.Contains("# HELP outback_things_total Things, \\\\ and\\nmore.\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WhenASeriesIsNotObservedAnyMore_LeavesItOut()
    {
        string[] regions = ["syd", "mel"];
        _meter.CreateObservableGauge("lag", () => regions.Select(r => new Measurement<long>(1, new KeyValuePair<string, object?>("region", r))), null, "Lag.");
        Assert.Contains("region=\"mel\"", Read(), StringComparison.Ordinal);

        regions = ["syd"];

        Assert.DoesNotContain("region=\"mel\"", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfAnotherHostsInstruments_KnowsNothing()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("OutbackUptime.Test").CreateCounter<long>("theirs").Add(1);

        Assert.DoesNotContain("theirs", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Series_BeyondTheLimit_AreNotKept()
    {
        var counter = _meter.CreateCounter<long>("many", null, "Many.");
        for (var i = 0; i < 1000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        Assert.Equal(200, Read().Split('\n').Count(l => l.StartsWith("many_total{", StringComparison.Ordinal)));
    }

    private string Read() => Encoding.UTF8.GetString(_page.Read());
}
