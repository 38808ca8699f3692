using OutbackUptime.Bench.Scale;

namespace OutbackUptime.Bench.Tests.Scale;

public sealed class SiloMetricsTests
{
    private const string Page = """
        # TYPE dotnet_gc_last_collection_heap_size_bytes gauge
        dotnet_gc_last_collection_heap_size_bytes{gc_heap_generation="gen0"} 100 1700000000000
        dotnet_gc_last_collection_heap_size_bytes{gc_heap_generation="gen2",x="a } b"} 2.5e3
        dotnet_gc_last_collection_heap_fragmentation_size_bytes{gc_heap_generation="gen2"} 50
        dotnet_gc_collections_total{gc_heap_generation="gen0"} 90
        dotnet_gc_collections_total{gc_heap_generation="gen2"} 3
        plain 7
        orleans_messaging_sent_messages_size_bytes_count{Direction="OneWay"} 3
        orleans_messaging_sent_messages_size_bytes_count{Direction="Request"} 4
        """;

    [Fact]
    public void Parse_WhenANameHasSeveralSeries_AddsThem() => Assert.Equal(2550, SiloMetrics.Parse(Page).HeapBytes);

    [Fact]
    public void Parse_WhenASeriesHasNoLabels_ReadsItToo() => Assert.Equal(7, SiloMetrics.Parse(Page).Sum("plain"));

    [Fact]
    public void FullCollections_WhenGenerationsAreTold_AreTheOldestOnes() => Assert.Equal(3, SiloMetrics.Parse(Page).FullCollections);

    [Fact]
    public void MessagesSent_WhenOrleansTells_IsTheirNumber() => Assert.Equal(7, SiloMetrics.Parse(Page).MessagesSent);

    [Fact]
    public void MessagesSent_WhenOrleansDoesNotTell_IsUnknown() => Assert.Null(SiloMetrics.Parse("plain 7\n").MessagesSent);
}
