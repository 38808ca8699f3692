namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What entries take on the card.</summary>
internal static class JournalSize
{
    /// <summary>Bytes beside the payload: the row's other columns, and its share of the page's head and unused end (docs/runbooks/journal-grows.md has the measurement).</summary>
    public const int EntryOverhead = 94;
}
