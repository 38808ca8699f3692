using System.Globalization;

namespace OutbackUptime.Ledger.Report;

/// <summary>The ledger, for people: a line per station, a line per hub with trouble, the ranges and their causes, the verdict.</summary>
public static class LedgerTable
{
    private const int MaxLines = 40;

    /// <summary>Writes the ledger of <paramref name="result"/>.</summary>
    public static void Write(LedgerResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        string[] head = ["station", "hubs", "published", "acknowledged", "in journal", .. result.Stores.Keys.SelectMany(r => new[] { $"{r} rows", "missing", "doubled", "altered", "phantom" })];
        var table = new List<string[]> { head };
        foreach (var station in result.Lines.GroupBy(l => l.Station))
        {
            table.Add(Row(station.Key, [.. station], result));
        }

        table.Add(Row("all", [.. result.Lines], result));
        WriteTable(table, output);

        var troubled = result.Lines.Where(l => l.HasTrouble).ToList();
        if (troubled.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Hubs with trouble");
            WriteTable([["station / hub", .. head[1..]], .. troubled.Take(MaxLines).Select(l => Row($"{l.Station} / {l.Hub}", [l], result))], output);
            WriteMore(troubled.Count, output);
        }

        WriteRanges("Missing", result.Missing, output);
        WriteRanges("Doubled", result.Duplicates, output);
        WriteRanges("Altered", result.Altered, output);
        WriteRanges("Phantom", result.Phantoms, output);
        WriteRanges("Not alike", result.Differences, output);

        output.WriteLine();
        output.WriteLine($"Deliberately bad packets acknowledged: {N(result.Bad)}, in quarantine: {N(result.Quarantined)}. Journals hold {N(result.JournalRemaining)} entries.");
        foreach (var (region, store) in result.Stores.Where(s => s.Value.PhysicalDuplicates + s.Value.GuestRows > 0))
        {
            output.WriteLine($"{region}: {N(store.PhysicalDuplicates)} rows were written more than once and collapse; {N(store.GuestRows)} rows of guest hubs and of gateways themselves passed over.");
        }

        output.WriteLine(result.Passed
            ? $"PASS: all {N(result.Acknowledged)} acknowledged packets are in {string.Join(" and ", result.Stores.Keys)} exactly once, unaltered{(result.Missing.Count > 0 ? ", or on the way in a journal" : "")}."
            : $"FAIL: {string.Join("; ", result.Reasons)}.");
    }

    private static string[] Row(string name, IReadOnlyList<LedgerLine> lines, LedgerResult result) =>
    [
        name,
        N(lines.Select(l => (l.Station, l.Hub)).Distinct().Count()),
        N(lines.Sum(l => l.Published)),
        N(lines.Sum(l => l.Acknowledged)),
        N(lines.Sum(l => l.Journaled)),
        .. result.Stores.Keys.SelectMany(region =>
        {
            var c = lines.Select(l => l.Stores.GetValueOrDefault(region, StoreCounts.None)).Aggregate(StoreCounts.None, (a, b) => a + b);
            return new[] { N(c.Rows), N(c.Missing), N(c.Duplicates), N(c.Altered), N(c.Phantom) };
        }),
    ];

    private static void WriteRanges(string title, IReadOnlyList<LedgerRange> ranges, TextWriter output)
    {
        if (ranges.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title);
        foreach (var r in ranges.Take(MaxLines))
        {
            var boot = r.Boot is { } b ? $"boot {b}" : "no boot";
            var seqs = r.From is null ? "bad packets" : r.From == r.To ? $"{boot} seq {r.From}" : $"{boot} seq {r.From}-{r.To}";
            output.WriteLine($"  {r.Station} / {r.Hub}  {seqs}  ({N(r.Packets)})  {r.Store}: {r.Cause}");
        }

        WriteMore(ranges.Count, output);
    }

    private static void WriteMore(int count, TextWriter output)
    {
        if (count > MaxLines)
        {
            output.WriteLine($"  and {N(count - MaxLines)} more");
        }
    }

    private static void WriteTable(List<string[]> rows, TextWriter output)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))));
        }
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
