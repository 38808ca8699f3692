namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>Searches an image for all that can still be told.</summary>
internal static class JournalSearch
{
    /// <summary>Everything but entries.</summary>
    public static Findings FindKeys(JournalImage image)
    {
        var findings = new Findings();
        var (rows, judge) = (new PageRows(image), new RowJudge(findings));
        foreach (var (page, place, isFirst) in image.Pages())
        {
            findings.IsProven = place != WalPlace.Torn;
            rows.Find(page, isFirst, ofTables: false, (_, columns) => judge.TakeKeyRow(columns));
        }

        findings.IsProven = true;
        return findings;
    }

    /// <summary>Calls <paramref name="found"/> with each good entry, perhaps more than once.</summary>
    public static void FindEntries(JournalImage image, Findings findings, Action<JournalEntry> found)
    {
        var (rows, judge) = (new PageRows(image), new RowJudge(findings));
        foreach (var (page, place, isFirst) in image.Pages())
        {
            findings.IsProven = place != WalPlace.Torn;
            rows.Find(page, isFirst, ofTables: true, (offset, columns) => judge.TakeTableRow(offset, columns, found));
        }

        findings.IsProven = true;
    }

    /// <summary>What SQLite will not find in the log: the entries, each once, and what they tell.</summary>
    public static (Findings Findings, IReadOnlyList<JournalEntry> Entries) FindTail(JournalImage image)
    {
        var findings = new Findings();
        var (rows, judge, entries) = (new PageRows(image), new RowJudge(findings), new List<JournalEntry>());
        foreach (var (page, place, isFirst) in image.TailPages())
        {
            findings.IsProven = place != WalPlace.Torn;
            rows.Find(page, isFirst, ofTables: true, (offset, columns) => judge.TakeTableRow(offset, columns, entry =>
            {
                if (!findings.Entries.Contains(entry.Offset))
                {
                    entries.Add(entry);
                    findings.AddEntry(entry);
                }
            }));
        }

        findings.IsProven = true;
        return (findings, entries);
    }
}
