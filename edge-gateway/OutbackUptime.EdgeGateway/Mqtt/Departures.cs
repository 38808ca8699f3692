using System.Collections.Concurrent;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Hubs that went without saying so (a connection lost, a last will), until the gateway's next heartbeat tells it. At most one
/// entry for each known hub.
/// </summary>
internal sealed class Departures(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _gone = new(StringComparer.Ordinal);

    /// <summary>A hub's connection was lost, or its last will came.</summary>
    public void OnLost(string hub) => _gone.TryAdd(hub, time.GetUtcNow());

    /// <summary>A hub connected, or published.</summary>
    public void OnHere(string hub) => _gone.TryRemove(hub, out _);

    /// <summary>Those that are gone and were not told yet, at most <paramref name="most"/>; the others wait for the next time.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Take(int most)
    {
        List<KeyValuePair<string, DateTimeOffset>> taken = [];
        foreach (var gone in _gone.Take(most))
        {
            if (_gone.TryRemove(gone))
            {
                taken.Add(gone);
            }
        }

        return taken;
    }
}
