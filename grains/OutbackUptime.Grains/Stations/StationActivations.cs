using System.Collections.Concurrent;

namespace OutbackUptime.Grains.Stations;

/// <summary>The stations that are active on this silo: for the give-back and for people.</summary>
public sealed class StationActivations
{
    // By grain activation, not by station: an old activation may still be leaving while its successor is here.
    private readonly ConcurrentDictionary<StationActivation, bool> _activations = new();
    private long _takeovers;

    /// <summary>Those that are active now, in no order.</summary>
    public IReadOnlyList<StationActivation> Snapshot() => [.. _activations.Keys];

    /// <summary>Activations here, since the start, of stations whose home is elsewhere.</summary>
    public long Takeovers => Interlocked.Read(ref _takeovers);

    internal void Add(StationActivation activation, bool takeover)
    {
        _activations[activation] = true;
        if (takeover)
        {
            Interlocked.Increment(ref _takeovers);
        }
    }

    internal void Remove(StationActivation activation) => _activations.TryRemove(activation, out _);
}
