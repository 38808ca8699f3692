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

    /// <summary>Takes in packets that were committed. May be lost: they are read from the stores then.</summary>
    [Alias("seen"), OneWay]
    ValueTask Seen(SeenPacket[] packets);

    /// <summary>Somebody looks after an alert: no further escalation.</summary>
    /// <returns>False when no such alert holds.</returns>
    [Alias("acknowledge")]
    ValueTask<bool> Acknowledge(string alertId, string by);
}
