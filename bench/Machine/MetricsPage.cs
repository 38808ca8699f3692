using System.Globalization;

namespace OutbackUptime.Bench.Machine;

/// <summary>A process's /metrics (Prometheus' text format).</summary>
internal sealed class MetricsPage
{
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Labels, double Value)> _series = [];

    private MetricsPage()
    {
    }

    /// <summary>All series of a name together; 0 where there is none.</summary>
    public double Sum(string name) => _sums.GetValueOrDefault(name);

    /// <summary>The same, only of series that have this label, e.g. `generation="gen2"`.</summary>
    public double Sum(string name, string label) => _series.Where(s => s.Name == name && s.Labels.Contains(label, StringComparison.Ordinal)).Sum(s => s.Value);

    /// <summary>The same; null where there is none.</summary>
    public double? Find(string name) => _sums.TryGetValue(name, out var sum) ? sum : null;

    /// <summary>Reads a page.</summary>
    public static MetricsPage Parse(string page)
    {
        var metrics = new MetricsPage();
        foreach (var line in page.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var brace = line.IndexOf('{', StringComparison.Ordinal);
            var labelsEnd = brace < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : line.LastIndexOf('}') + 1;
            var fields = labelsEnd > 0 ? line[labelsEnd..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            if (fields.Length > 0 && double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                var name = line[..(brace < 0 ? labelsEnd : brace)];
                metrics._series.Add((name, brace < 0 ? "" : line[brace..labelsEnd], value));
                metrics._sums[name] = metrics._sums.GetValueOrDefault(name) + value;
            }
        }

        return metrics;
    }
}
