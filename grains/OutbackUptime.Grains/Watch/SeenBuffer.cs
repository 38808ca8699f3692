using Microsoft.Extensions.DependencyInjection;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// Gathers what a station's watch should know of committed packets, one per hub and 10 s, and hands it over every two seconds, beside
/// the ingest path. What does not fit is left out: the watch reads it from the stores when it finds a gap.
/// </summary>
internal sealed class SeenBuffer
{
    private const int MaxPackets = 20_000;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);
    private readonly Dictionary<(string Hub, long Slot), SeenPacket> _seen = [];
    private readonly IWatchGrain? _watch;

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
            var key = (row.Hub, row.ReceivedAt.ToUnixTimeSeconds() / 10);
            if (_seen.TryGetValue(key, out var known) ? known.ReceivedAt < row.ReceivedAt : _seen.Count < MaxPackets)
            {
                _seen[key] = new SeenPacket
                {
                    Hub = row.Hub,
                    ReceivedAt = row.ReceivedAt,
                    // The first of them in the slot to be committed counts.
                    CommittedAt = known is not null && known.CommittedAt < committedAt ? known.CommittedAt : committedAt,
                    EventTime = row.EventTime,
                    MetricNames = row.MetricNames,
                    MetricValues = row.MetricValues,
                };
            }
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (_seen.Count == 0)
        {
            return;
        }

        SeenPacket[] packets = [.. _seen.Values];
        _seen.Clear();
        await _watch!.Seen(packets);
    }
}
