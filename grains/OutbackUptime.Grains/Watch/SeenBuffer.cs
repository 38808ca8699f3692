using Microsoft.Extensions.DependencyInjection;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// Gathers what a station's watch should know of committed packets, one per hub and 10 s of receipt and of event time (a hub that sends
/// what it had kept for hours sends it at once), and hands it over every two seconds, beside the ingest path. What does not fit is left out, and the watch is told to read it from the stores.
/// </summary>
internal sealed class SeenBuffer
{
    private const int MaxPackets = 20_000;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);
    private readonly Dictionary<(string Hub, long Received, long Event), SeenPacket> _seen = [];
    private readonly IWatchGrain? _watch;
    private bool _missed;

    private SeenBuffer(IWatchGrain? watch) => _watch = watch;

    /// <summary>Starts for an activation; does nothing where stations are not watched.</summary>
    public static SeenBuffer Start(Grain grain, string station)
    {
        var services = ((IGrainBase)grain).GrainContext.ActivationServices;
        var buffer = new SeenBuffer(services.GetService<IWatchStores>() is null ? null : services.GetRequiredService<IGrainFactory>().GetGrain<IWatchGrain>(station));
        if (buffer._watch is not null)
        {
            grain.RegisterGrainTimer(buffer.HandOverAsync, new GrainTimerCreationOptions(s_period, s_period) { Interleave = true });
        }

        return buffer;
    }

    /// <summary>Takes in packets that a first store has committed.</summary>
    public void Add(ReadingRow[] readings, DateTimeOffset committedAt)
    {
        if (_watch is null)
        {
            return;
        }

        foreach (var row in readings)
        {
            Put(new SeenPacket
            {
                Hub = row.Hub,
                ReceivedAt = row.ReceivedAt,
                CommittedAt = committedAt,
                EventTime = row.EventTime,
                MetricNames = row.MetricNames,
                MetricValues = row.MetricValues,
            });
        }
    }

    private void Put(SeenPacket packet)
    {
        var key = (packet.Hub, packet.ReceivedAt.ToUnixTimeSeconds() / 10, packet.EventTime.ToUnixTimeSeconds() / 10);
        if (_seen.TryGetValue(key, out var known))
        {
            if (known.ReceivedAt <= packet.ReceivedAt)
            {
                _seen[key] = packet;
            }
        }
        else if (_seen.Count < MaxPackets)
        {
            _seen[key] = packet;
        }
        else
        {
            _missed = true;
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (_seen.Count == 0 && !_missed)
        {
            return;
        }

        SeenPacket[] packets = [.. _seen.Values];
        var missed = _missed;
        _seen.Clear();
        _missed = false;
        try
        {
            await _watch!.Seen(packets, missed);
        }
#pragma warning disable CA1031 // Whatever the reason, the watch may not have got them: they go again, which is harmless.
        catch (Exception)
#pragma warning restore CA1031
        {
            _missed |= missed;
            Array.ForEach(packets, Put);
        }
    }
}
