using System.Globalization;
using System.Text;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>Writes Prometheus' text format (version 0.0.4). Every series carries the station.</summary>
internal sealed class MetricsText(string station)
{
    private readonly StringBuilder _text = new(16 << 10);

    /// <summary>A family with its series; nothing for one without any.</summary>
    public void Write(MetricFamily family)
    {
        var first = true;
        foreach (var series in family.Series)
        {
            var (value, count, buckets) = series.Read();
            if (count == 0)
            {
                continue;
            }

            if (first)
            {
                Head(family.Name, family.Help, family.IsHistogram ? "histogram" : family.IsCounter ? "counter" : "gauge", family.Unit);
                first = false;
            }

            if (family.IsHistogram)
            {
                Histogram(family, series, value, count, buckets);
            }
            else
            {
                Sample(family.Name, series.Tags, null, value);
            }
        }
    }

    /// <summary>Memory and processor time of this process, by the names that Prometheus' own client libraries give them.</summary>
    public void WriteProcess()
    {
        Head("process_resident_memory_bytes", "Memory that this process holds.", "gauge", "bytes");
        Sample("process_resident_memory_bytes", [], null, Environment.WorkingSet);
        Head("process_cpu_seconds_total", "Processor time that this process has used.", "counter", "seconds");
        Sample("process_cpu_seconds_total", [], null, Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Head(string name, string help, string type, string? unit)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        if (unit is not null)
        {
            _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        }
    }

    private void Histogram(MetricFamily family, MetricSeries series, double sum, long count, long[] buckets)
    {
        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            Sample(family.Name + "_bucket", series.Tags, Number(family.Bounds[i]), below);
        }

        Sample(family.Name + "_bucket", series.Tags, "+Inf", count);
        Sample(family.Name + "_sum", series.Tags, null, sum);
        Sample(family.Name + "_count", series.Tags, null, count);
    }

    private void Sample(string name, IReadOnlyList<KeyValuePair<string, object?>> tags, string? bound, double value)
    {
        _text.Append(name).Append("{station=\"").Append(Escape(station)).Append('"');
        foreach (var (key, label) in tags)
        {
            _text.Append(',').Append(key).Append("=\"").Append(Escape(Convert.ToString(label, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        if (bound is not null)
        {
            _text.Append(",le=\"").Append(bound).Append('"');
        }

        _text.Append("} ").Append(Number(value)).Append('\n');
    }

    private static string Escape(string label) => label
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
