using System.Diagnostics;
using System.Diagnostics.Metrics;
using OutbackUptime.Domain.Telemetry;

namespace OutbackUptime.Grains.Stations;

/// <summary>Counters of the stations' grains on this silo.</summary>
public sealed class StationInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OutbackUptime.Stations";

    private readonly Counter<long> _packets;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _recoveryFailures;
    private readonly Counter<long> _tailFailures;
    private readonly Histogram<double> _latency;

    /// <summary>Makes the instruments.</summary>
    public StationInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _packets = meter.CreateCounter<long>("ingest_packets", "{packet}", "Packets committed, per region's store.");
        _duplicates = meter.CreateCounter<long>("ingest_duplicates", "{packet}", "Packets that a store held already.");
        _conflicts = meter.CreateCounter<long>("outback.ingest.conflicts", "{packet}", "Packets quarantined because another payload holds their key.");
        _recoveryFailures = meter.CreateCounter<long>("outback.stations.recovery_failures", "{recovery}", "Dedupe windows that started empty because the store could not be read.");
        _tailFailures = meter.CreateCounter<long>("outback.live_tail.failures", "{event}", "Live-tail events that could not be published.");
        _latency = meter.CreateHistogram(
            "ingest_latency", "s", "From the gateway's receipt of a packet to its commit in a region's store (stage `stored`), by two machines' clocks.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBuckets.Seconds });
    }

    /// <summary>A region's store has committed packets.</summary>
    public void OnCommitted(string region, int packets) => _packets.Add(packets, Stored(region));

    /// <summary>A packet was committed this long after the gateway received it.</summary>
    public void OnLatency(string region, TimeSpan latency) => _latency.Record(latency.TotalSeconds, Stored(region));

    /// <summary>Packets were held already.</summary>
    public void OnDuplicates(string region, int packets) => _duplicates.Add(packets, Stored(region));

    /// <summary>Packets conflicted with the holders of their keys.</summary>
    public void OnConflicts(string region, int packets) => _conflicts.Add(packets, Region(region));

    /// <summary>A region's windows start empty.</summary>
    public void OnRecoveryFailed(string region) => _recoveryFailures.Add(1, Region(region));

    /// <summary>A live-tail event was lost.</summary>
    public void OnTailFailed() => _tailFailures.Add(1);

    private static TagList Stored(string region) => new() { { "stage", "stored" }, { "region", region } };

    private static TagList Region(string region) => new() { { "region", region } };
}
