using System.Globalization;

namespace OutbackUptime.Bench.Machine;

/// <summary>A process's /metrics (Prometheus' text format).</summary>
internal sealed class MetricsPage
{
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);

    private MetricsPage()
    {
    }

    /// <summary>All series of a name together; 0 where there is none.</summary>
    public double Sum(string name) => _sums.GetValueOrDefault(name);

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
                metrics._sums[name] = metrics._sums.GetValueOrDefault(name) + value;
            }
        }

        return metrics;
    }
}
