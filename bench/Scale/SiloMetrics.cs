using System.Globalization;

namespace OutbackUptime.Bench.Scale;

/// <summary>A silo's /metrics (Prometheus' text format).</summary>
internal sealed class SiloMetrics
{
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);

    private SiloMetrics()
    {
    }

    /// <summary>Bytes of the managed heap after the last collection, all generations; what was free in between is not in it.</summary>
    public double HeapBytes => Sum("dotnet_gc_last_collection_heap_size_bytes") - Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes");

    /// <summary>Collections of the oldest generation since the start.</summary>
    public double FullCollections { get; private set; }

    /// <summary>Messages that Orleans has sent to other silos; null where it does not tell.</summary>
    public double? MessagesSent => _sums.TryGetValue("orleans_messaging_sent_messages_size_bytes_count", out var sent) ? sent
        : _sums.TryGetValue("orleans_messaging_sent_messages_size_count", out sent) ? sent : null;

    /// <summary>All series of a name together; 0 where there is none.</summary>
    public double Sum(string name) => _sums.GetValueOrDefault(name);

    /// <summary>Reads a page.</summary>
    public static SiloMetrics Parse(string page)
    {
        var metrics = new SiloMetrics();
        foreach (var line in page.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var brace = line.IndexOf('{', StringComparison.Ordinal);
            var labelsEnd = brace < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : line.LastIndexOf('}') + 1;
            var fields = labelsEnd > 0 ? line[labelsEnd..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            if (fields.Length > 0 && double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                var name = line[..(brace < 0 ? labelsEnd : brace)];
                metrics.FullCollections += name == "dotnet_gc_collections_total" && line.Contains("\"gen2\"", StringComparison.Ordinal) ? value : 0;
                metrics._sums[name] = metrics._sums.GetValueOrDefault(name) + value;
            }
        }

        return metrics;
    }
}
