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
    private readonly Dictionary<(string Hub, long Received, long Event), (ReadingRow Row, DateTimeOffset CommittedAt)> _seen = [];
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
            Put(row, committedAt);
        }
    }

    private void Put(ReadingRow row, DateTimeOffset committedAt)
    {
        var key = (row.Hub, row.ReceivedAt.ToUnixTimeSeconds() / 10, row.EventTime.ToUnixTimeSeconds() / 10);
        if (_seen.TryGetValue(key, out var known))
        {
            if (known.Row.ReceivedAt <= row.ReceivedAt)
            {
                _seen[key] = (row, committedAt);
            }
        }
        else if (_seen.Count < MaxPackets)
        {
            _seen[key] = (row, committedAt);
        }
        else
        {
            _missed = true;
        }
    }

    private static SeenPacket Packet(ReadingRow row, DateTimeOffset committedAt) => new()
    {
        Hub = row.Hub,
        ReceivedAt = row.ReceivedAt,
        CommittedAt = committedAt,
        EventTime = row.EventTime,
        MetricNames = row.MetricNames,
        MetricValues = row.MetricValues,
    };

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (_seen.Count == 0 && !_missed)
        {
            return;
        }

        (ReadingRow Row, DateTimeOffset CommittedAt)[] seen = [.. _seen.Values];
        var missed = _missed;
        _seen.Clear();
        _missed = false;
        try
        {
            await _watch!.Seen([.. seen.Select(s => Packet(s.Row, s.CommittedAt))], missed);
        }
#pragma warning disable CA1031 // Whatever the reason, the watch may not have got them: they go again, which is harmless.
        catch (Exception)
#pragma warning restore CA1031
        {
            _missed |= missed;
            Array.ForEach(seen, s => Put(s.Row, s.CommittedAt));
        }
    }
}
