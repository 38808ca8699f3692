namespace OutbackUptime.Ledger.Report;

/// <summary>One hub's line.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Hub">Hub id.</param>
/// <param name="Published">Packets that it published.</param>
/// <param name="Acknowledged">Packets whose PUBACK it saw.</param>
/// <param name="Bad">Deliberately bad ones whose PUBACK it saw.</param>
/// <param name="Journaled">Packets that its gateway's journal still holds.</param>
/// <param name="Stores">By region.</param>
/// <param name="Differences">Packets that the stores don't show alike.</param>
public sealed record LedgerLine(
    string Station, string Hub, long Published, long Acknowledged, long Bad, long Journaled, IReadOnlyDictionary<string, StoreCounts> Stores, long Differences)
{
    /// <summary>Whether there is anything to tell beyond the counts.</summary>
    public bool HasTrouble => Differences > 0 || Stores.Values.Any(s => s.Missing + s.Duplicates + s.Altered + s.Phantom > 0);
}
