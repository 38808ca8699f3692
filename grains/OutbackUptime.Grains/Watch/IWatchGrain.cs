using Orleans.Concurrency;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// One per station, keyed by the station's id: judges which hop is dead, finds what its water needs, and sees to it that people are
/// told once. Beside the ingest path: nothing waits for it, and it may live twice or not at all for a while (the stores' rows are
/// idempotent, and what was missed is read from them).
/// </summary>
[Alias("outback.watch")]
public interface IWatchGrain : IGrainWithStringKey
{
    /// <summary>Keeps it awake. Without it for a minute it stops judging: its station is watched from elsewhere then.</summary>
    /// <param name="region">Whose silo asks.</param>
    [Alias("tick"), OneWay]
    ValueTask Tick(string region);

    /// <summary>Takes in packets that were committed.</summary>
    /// <param name="packets">The packets.</param>
    /// <param name="missed">Others had to be left out before: they are to be read from the stores.</param>
    [Alias("seen")]
    ValueTask Seen(SeenPacket[] packets, bool missed);

    /// <summary>Somebody looks after an alert: no further escalation.</summary>
    /// <returns>False when no such alert holds.</returns>
    [Alias("acknowledge")]
    ValueTask<bool> Acknowledge(string alertId, string by);
}
