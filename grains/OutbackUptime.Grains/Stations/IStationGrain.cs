using Orleans.Concurrency;

namespace OutbackUptime.Grains.Stations;

/// <summary>
/// One per station, keyed by the station's id: dedupes its packets per region store and has them written.
/// Its memory is a cache of the stores: it may go at any moment, or live twice (DESIGN: I6), and nothing is wrong then.
/// </summary>
[Alias("outback.station")]
public interface IStationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Commits a frame's entries to the stores of the owed regions. Answers when all of them have answered, or shortly
    /// after the first has committed: then with <see cref="IngestReceipt.Pending"/>, and the caller awaits <see cref="Settle"/>.
    /// </summary>
    [Alias("ingest")]
    ValueTask<IngestReceipt> Ingest(IngestFrame frame);

    /// <summary>Waits for the regions that a partial receipt left pending. Unknown tickets (a new activation) answer that nothing is known.</summary>
    [Alias("settle")]
    ValueTask<IngestReceipt> Settle(Guid ticket);
}
