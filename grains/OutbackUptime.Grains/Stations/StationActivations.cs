using System.Collections.Concurrent;

namespace OutbackUptime.Grains.Stations;

/// <summary>The stations that are active on this silo: for the give-back and for people.</summary>
public sealed class StationActivations
{
    // By grain activation, not by station: an old activation may still be leaving while its successor is here.
    private readonly ConcurrentDictionary<StationActivation, bool> _activations = new();
    private readonly ConcurrentDictionary<string, long> _takeovers = new(StringComparer.Ordinal);

    /// <summary>Those that are active now, in no order.</summary>
    public IReadOnlyList<StationActivation> Snapshot() => [.. _activations.Keys];

    /// <summary>Activations here, since the start, of stations whose home is elsewhere.</summary>
    public long Takeovers => _takeovers.Values.Sum();

    /// <summary>Those of stations with this home.</summary>
    public long TakeoversOf(string homeRegion) => _takeovers.GetValueOrDefault(homeRegion);

    internal void Add(StationActivation activation, bool takeover)
    {
        _activations[activation] = true;
        if (takeover)
        {
            _takeovers.AddOrUpdate(activation.HomeRegion, 1, static (_, n) => n + 1);
        }
    }

    internal void Remove(StationActivation activation) => _activations.TryRemove(activation, out _);
}
