using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>
/// Gathers what this host's instruments measure, and writes it in Prometheus' text format. A listener of the runtime's own in place
/// of an SDK: some kilobytes. A hosted service that comes first, so that nothing is measured before it listens.
/// </summary>
internal sealed class MetricsPage : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lock _families = new();
    private readonly SortedDictionary<string, MetricFamily> _byName = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly string _station;

    public MetricsPage(IMeterFactory meters, IOptions<GatewayOptions> gateway)
    {
        _station = gateway.Value.Station;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name.StartsWith("OutbackUptime.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, Family(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>The page as it is now.</summary>
    public byte[] Read()
    {
        // One at a time: observed series are forgotten and asked for anew.
        lock (_lock)
        {
            MetricFamily[] families;
            lock (_families)
            {
                families = [.. _byName.Values];
            }

            foreach (var series in families.Where(f => f.IsObserved).SelectMany(f => f.Series))
            {
                series.Forget();
            }

            _listener.RecordObservableInstruments();
            var page = new MetricsText(_station);
            Array.ForEach(families, page.Write);
            page.WriteProcess();
            return Encoding.UTF8.GetBytes(page.ToString());
        }
    }

    private MetricFamily Family(Instrument instrument)
    {
        var made = new MetricFamily(instrument);
        lock (_families)
        {
            return _byName.TryGetValue(made.Name, out var known) ? known : _byName[made.Name] = made;
        }
    }
}
