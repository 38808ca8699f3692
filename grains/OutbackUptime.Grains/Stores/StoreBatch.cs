namespace OutbackUptime.Grains.Stores;

/// <summary>Rows of one station for one store. A store commits all of it or says that it did not.</summary>
/// <param name="Station">Station id.</param>
/// <param name="JournalEpoch">The journal that the offsets belong to.</param>
/// <param name="Readings">Good packets.</param>
/// <param name="Quarantined">The others.</param>
public sealed record StoreBatch(string Station, Guid JournalEpoch, IReadOnlyList<ReadingRow> Readings, IReadOnlyList<QuarantineRow> Quarantined)
{
    /// <summary>What gateways' journals gave up, named.</summary>
    public IReadOnlyList<LossRow> Losses { get; init; } = [];

    /// <summary>What is left of packets that gateways thinned.</summary>
    public IReadOnlyList<ThinRow> Thinned { get; init; } = [];

    /// <summary>The spans that wait for the rows of traced packets: an INSERT's span is linked to them.</summary>
    public IReadOnlyList<System.Diagnostics.ActivityContext> Traces { get; init; } = [];

    /// <summary>How many rows it holds.</summary>
    public int Count => Readings.Count + Quarantined.Count + Losses.Count + Thinned.Count;
}
