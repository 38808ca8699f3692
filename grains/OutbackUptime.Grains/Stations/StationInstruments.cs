using System.Diagnostics;
using System.Diagnostics.Metrics;

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
    private readonly Counter<long> _takeovers;
    private readonly Counter<long> _tailFailures;
    private readonly Histogram<double> _latency;

    /// <summary>Makes the instruments.</summary>
    public StationInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _packets = meter.CreateCounter<long>("outback.ingest.packets", "{packet}", "Packets committed, per region's store.");
        _duplicates = meter.CreateCounter<long>("outback.ingest.duplicates", "{packet}", "Packets that a store held already.");
        _conflicts = meter.CreateCounter<long>("outback.ingest.conflicts", "{packet}", "Packets quarantined because another payload holds their key.");
        _recoveryFailures = meter.CreateCounter<long>("outback.stations.recovery_failures", "{recovery}", "Dedupe windows that started empty because the store could not be read.");
        _takeovers = meter.CreateCounter<long>("outback.takeovers", "{takeover}", "Activations away from the station's home region.");
        _tailFailures = meter.CreateCounter<long>("outback.live_tail.failures", "{event}", "Live-tail events that could not be published.");
        _latency = meter.CreateHistogram<double>("outback.ingest.latency", "s", "From the gateway's receipt of a packet to its commit.");
    }

    /// <summary>A region's store has committed packets.</summary>
    public void OnCommitted(string region, int packets) => _packets.Add(packets, Region(region));

    /// <summary>A packet was committed this long after the gateway received it.</summary>
    public void OnLatency(string region, TimeSpan latency) => _latency.Record(latency.TotalSeconds, Region(region));

    /// <summary>Packets were held already.</summary>
    public void OnDuplicates(string region, int packets) => _duplicates.Add(packets, Region(region));

    /// <summary>Packets conflicted with the holders of their keys.</summary>
    public void OnConflicts(string region, int packets) => _conflicts.Add(packets, Region(region));

    /// <summary>A region's windows start empty.</summary>
    public void OnRecoveryFailed(string region) => _recoveryFailures.Add(1, Region(region));

    /// <summary>A station is served away from home.</summary>
    public void OnTakeover(string homeRegion) => _takeovers.Add(1, new KeyValuePair<string, object?>("home_region", homeRegion));

    /// <summary>A live-tail event was lost.</summary>
    public void OnTailFailed() => _tailFailures.Add(1);

    private static TagList Region(string region) => new() { { "region", region } };
}
