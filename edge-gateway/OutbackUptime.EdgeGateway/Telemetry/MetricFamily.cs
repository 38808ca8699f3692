using System.Diagnostics.Metrics;
using OutbackUptime.Domain.Telemetry;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>An instrument's series.</summary>
internal sealed class MetricFamily
{
    /// <summary>More sets of labels than any instrument has; what comes beyond is not counted.</summary>
    private const int MaxSeries = 200;

    private static readonly double[] s_sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<double> _bounds;
    private volatile MetricSeries[] _series = [];

    public MetricFamily(Instrument instrument)
    {
        IsObserved = instrument.IsObservable;
        IsHistogram = instrument is Histogram<double> or Histogram<int> or Histogram<long>;
        IsCounter = instrument is Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double>;
        _bounds = !IsHistogram ? [] : instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? advised
            : instrument.Unit == "s" ? LatencyBuckets.Seconds : s_sizes;
        Name = MetricNaming.Of(instrument.Name, instrument.Unit, IsCounter);
        Unit = MetricNaming.UnitName(instrument.Unit);
        Help = instrument.Description ?? "";
    }

    public string Name { get; }

    public string? Unit { get; }

    public string Help { get; }

    public bool IsCounter { get; }

    public bool IsHistogram { get; }

    /// <summary>Whether it is asked for its values, in place of telling them.</summary>
    public bool IsObserved { get; }

    public IReadOnlyList<double> Bounds => _bounds;

    public IReadOnlyList<MetricSeries> Series => _series;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(tags) is not { } series)
        {
            return;
        }

        if (IsHistogram)
        {
            series.Observe(value);
        }
        else if (IsCounter && !IsObserved)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    private MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in _series)
        {
            if (series.Is(tags))
            {
                return series;
            }
        }

        lock (_lock)
        {
            foreach (var series in _series)
            {
                if (series.Is(tags))
                {
                    return series;
                }
            }

            if (_series.Length >= MaxSeries)
            {
                return null;
            }

            var added = new MetricSeries(tags.ToArray(), _bounds);
            _series = [.. _series, added];
            return added;
        }
    }
}
