using System.Diagnostics.Metrics;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>Metrics of the store writers (meter `OutbackUptime.Stores`).</summary>
internal sealed class StoreInstruments
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _rows;
    private readonly Counter<long> _failures;
    private readonly Meter _meter;

    public StoreInstruments(IMeterFactory factory)
    {
        _meter = factory.Create("OutbackUptime.Stores");
        _duration = _meter.CreateHistogram<double>("outback.store.insert.duration", "s", "Time of an INSERT until it is fsynced.");
        _rows = _meter.CreateHistogram<int>("outback.store.insert.rows", "{row}", "Rows of an INSERT.");
        _failures = _meter.CreateCounter<long>("outback.store.insert.failures", "{insert}", "INSERTs that failed or whose outcome is unknown.");
    }

    public void OnInserted(string region, TimeSpan duration, int rows)
    {
        var tag = Tag(region);
        _duration.Record(duration.TotalSeconds, tag);
        _rows.Record(rows, tag);
    }

    /// <summary>Lets the counter be seen before it counts: else the first failure would be no increase.</summary>
    public void Start(string region) => _failures.Add(0, Tag(region));

    public void OnFailed(string region) => _failures.Add(1, Tag(region));

    /// <summary>Observes a writer's queue and breaker.</summary>
    public void Observe(string region, Func<long> queuedRows, Func<bool> available)
    {
        var tag = Tag(region);
        _meter.CreateObservableGauge("outback.store.queue.rows", () => new Measurement<long>(queuedRows(), tag), "{row}", "Rows that wait for an INSERT.");
        _meter.CreateObservableGauge("store_breaker_open", () => new Measurement<int>(available() ? 0 : 1, tag), null, "1 while this silo leaves the store alone because it failed.");
    }

    private static KeyValuePair<string, object?> Tag(string region) => new("region", region);
}
