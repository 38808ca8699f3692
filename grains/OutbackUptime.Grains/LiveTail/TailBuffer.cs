using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.LiveTail;

/// <summary>Gathers a station's latest packets and publishes them once a second, beside the ingest path. One publish is under way at a time.</summary>
internal sealed class TailBuffer(string station, string region, bool takeover, IAsyncStream<StationTail>? stream, StationInstruments instruments)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ReadingRow> _latest = new(StringComparer.Ordinal);
    private bool _takeover = takeover;
    private int _packets;

    /// <summary>Starts publishing for an activation; does nothing where no stream provider is registered.</summary>
    public static TailBuffer Start(Grain grain, string station, string region, bool takeover, StationInstruments instruments)
    {
        var provider = ((IGrainBase)grain).GrainContext.ActivationServices.GetKeyedService<IStreamProvider>(LiveTailStreams.Provider);
        var buffer = new TailBuffer(station, region, takeover, provider?.GetStream<StationTail>(LiveTailStreams.Of(station)), instruments);
        if (provider is not null)
        {
            // Interleave: a slow publish never holds up a frame. The next tick comes only after the last has ended.
            grain.RegisterGrainTimer(buffer.PublishAsync, new GrainTimerCreationOptions(Period, Period) { Interleave = true });
        }

        return buffer;
    }

    /// <summary>Takes in packets. Those of hubs beyond the limit are counted only.</summary>
    public void Add(ReadingRow[] readings)
    {
        if (stream is null)
        {
            return;
        }

        _packets += readings.Length;
        foreach (var row in readings)
        {
            if (_latest.TryGetValue(row.Hub, out var latest) ? (row.Boot, row.Seq).CompareTo((latest.Boot, latest.Seq)) > 0 : _latest.Count < StationTail.MaxHubs)
            {
                _latest[row.Hub] = row;
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (_packets == 0 && !_takeover)
        {
            return;
        }

        var tail = Take();
        try
        {
            await stream!.OnNextAsync(tail).WaitAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The tail may be lost, whatever the reason; it is counted.
        catch (Exception)
#pragma warning restore CA1031
        {
            instruments.OnTailFailed();
        }
    }

    private StationTail Take()
    {
        var tail = new StationTail
        {
            Station = station,
            Region = region,
            Takeover = _takeover,
            Packets = _packets,
            Latest = [.. _latest.Values.Select(ToHub)],
        };
        _latest.Clear();
        _packets = 0;
        _takeover = false;
        return tail;
    }

    private static HubTail ToHub(ReadingRow row) => new()
    {
        Hub = row.Hub,
        Boot = row.Boot,
        Seq = row.Seq,
        EventTime = row.EventTime,
        Metrics = row.MetricNames.Zip(row.MetricValues).ToDictionary(m => m.First, m => m.Second),
    };
}
