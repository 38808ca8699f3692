using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Scale;

/// <summary>What of a silo's /metrics is looked at.</summary>
internal sealed class SiloMetrics
{
    private readonly MetricsPage _page;

    private SiloMetrics(MetricsPage page) => _page = page;

    /// <summary>Bytes of the managed heap after the last collection, all generations; what was free in between is not in it.</summary>
    public double HeapBytes => _page.Sum("dotnet_gc_last_collection_heap_size_bytes") - _page.Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes");

    /// <summary>Collections of the oldest generation since the start.</summary>
    public double FullCollections => _page.Sum("dotnet_gc_collections_total", "\"gen2\"");

    /// <summary>Messages that Orleans has sent to other silos; null where it does not tell.</summary>
    public double? MessagesSent => _page.Find("orleans_messaging_sent_messages_size_bytes_count") ?? _page.Find("orleans_messaging_sent_messages_size_count");

    /// <summary>All series of a name together; 0 where there is none.</summary>
    public double Sum(string name) => _page.Sum(name);

    /// <summary>Reads a page.</summary>
    public static SiloMetrics Parse(string page) => new(MetricsPage.Parse(page));
}
