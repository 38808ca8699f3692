using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Hears what becomes of entries, on the journal's writer: after the commit, before anybody is answered. Must be quick.</summary>
internal interface IJournalObserver
{
    /// <summary>Entries were appended.</summary>
    void OnAppended(IReadOnlyList<JournalEntry> entries);

    /// <summary>Entries were trimmed because every region has committed them; the first one still kept is <paramref name="firstKept"/>.</summary>
    void OnSafe(IReadOnlyList<OffsetRange> ranges, long firstKept);

    /// <summary>Entries were given up before every region had them.</summary>
    void OnEvicted(IReadOnlyList<OffsetRange> ranges);
}
