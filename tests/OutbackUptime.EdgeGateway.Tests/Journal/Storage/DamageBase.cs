using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>A sound journal's files, to be damaged, and what is in them.</summary>
internal sealed class DamageBase
{
    /// <summary>Bytes in a page of a new journal.</summary>
    public const int PageSize = 1024;

    private const int FrameSize = PageSize + 24;

    private DamageBase(Dictionary<string, byte[]> files, IReadOnlyList<JournalEntry> kept, long next, Guid epoch, OffsetRangeSet safe)
    {
        (Files, Kept, Next, Epoch, Safe) = (files, kept, next, epoch, safe);
        PagesOf = FindPages(files);
    }

    public Dictionary<string, byte[]> Files { get; }

    public IReadOnlyList<JournalEntry> Kept { get; }

    public long Next { get; }

    public Guid Epoch { get; }

    /// <summary>Offsets that all regions have.</summary>
    public OffsetRangeSet Safe { get; }

    /// <summary>Per offset the pages, counted through database and log, which hold its whole entry.</summary>
    public IReadOnlyDictionary<long, List<int>> PagesOf { get; }

    /// <param name="seed">Of what is in it.</param>
    /// <param name="isClosed">Closed cleanly, so that there is no log; else the files of a running gateway.</param>
    /// <param name="checkpoints">How often the log was moved into the database meanwhile.</param>
    public static async Task<DamageBase> MakeAsync(int seed, bool isClosed, int checkpoints)
    {
        var random = new Random(seed);
        // Both kinds of place for a recent packet: all still in the log, or most in their hubs' rings.
        await using var fixture = new JournalFixture { IsArrivalLogShort = seed % 2 == 0 };
        await fixture.OpenAsync();
        var journal = fixture.Journal;
        for (var i = 0; i < 240; i++)
        {
            var hub = $"hub-{i % 6}";
            var packet = JournalFixture.Packet(i / 6, i % 6 < 2 ? null : 7, hub, random.NextDouble());
            if (random.Next(25) == 0)
            {
                var payload = new byte[random.Next(3000, 9000)];
                random.NextBytes(payload);
                packet = packet with { Payload = payload, Packet = null, Fault = new("not-json", "Not JSON.") };
            }

            await journal.AppendAsync(packet);
            if (i is 60 or 130)
            {
                journal.MarkCommitted("syd", [new OffsetRange(1, i - 10)]);
                journal.MarkCommitted("mel", [new OffsetRange(1, i - 25), new OffsetRange(i - 20, i - 15)]);
            }

            if (checkpoints > 0 && i % (240 / checkpoints) == 20)
            {
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={fixture.Path};Pooling=False");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                command.ExecuteNonQuery();
            }
        }

        await journal.AppendAsync(JournalFixture.Packet(1000, 7, "hub-5"));
        var kept = journal.Read([new OffsetRange(1, journal.NextOffset - 1)], 1000, int.MaxValue);
        var safe = journal.Committed["syd"].Intersect(journal.Committed["mel"]);
        var (next, epoch) = (journal.NextOffset, journal.Epoch);
        if (isClosed)
        {
            await fixture.CloseAsync();
        }

        var files = Directory.EnumerateFiles(fixture.Directory)
            .Where(f => Path.GetFileName(f) is "journal.db" or "journal.db-wal" or "journal.high")
            .ToDictionary(f => Path.GetFileName(f), ReadShared);
        return new DamageBase(files, kept, next, epoch, safe);
    }

    /// <summary>Offsets of entries of which a whole page is as it was.</summary>
    public IEnumerable<long> Untouched(Dictionary<string, byte[]> damaged)
    {
        var (before, after) = (Pages(Files).ToArray(), Pages(damaged).ToArray());
        var isSame = before.Select((p, i) => i < after.Length && p.AsSpan().SequenceEqual(after[i])).ToArray();
        return PagesOf.Where(p => p.Value.Any(i => isSame[i])).Select(p => p.Key);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static IEnumerable<byte[]> Pages(Dictionary<string, byte[]> files)
    {
        // As they lie in the original files; a file that was cut short ends in missing pages.
        var database = files.GetValueOrDefault("journal.db") ?? [];
        for (var at = 0; at < database.Length || at < 1 << 20; at += PageSize)
        {
            yield return at + PageSize <= database.Length ? database[at..(at + PageSize)] : [];
        }

        var wal = files.GetValueOrDefault("journal.db-wal") ?? [];
        for (var at = 32; at + FrameSize <= wal.Length; at += FrameSize)
        {
            // With the frame's header: it says which page it is, and that it is one.
            yield return wal[at..(at + FrameSize)];
        }
    }

    private static Dictionary<long, List<int>> FindPages(Dictionary<string, byte[]> files)
    {
        using var folder = new DiskImage(files);
        using var image = new JournalImage(new JournalFiles(folder.Folder));
        var (rows, judge, result, index) = (new PageRows(image), new RowJudge(new Findings()), new Dictionary<long, List<int>>(), -1);
        foreach (var page in Pages(files))
        {
            index++;
            var bytes = page.Length == FrameSize ? page.AsMemory(24) : page.AsMemory();
            if (bytes.Length == 0)
            {
                continue;
            }

            rows.Find(bytes, bytes.Span.StartsWith("SQLite format 3"u8), ofTables: true, (offset, columns) => judge.TakeTableRow(offset, columns, entry =>
            {
                if (entry.Payload.Length < 2500)
                {
                    if (!result.TryGetValue(entry.Offset, out var pages))
                    {
                        result[entry.Offset] = pages = [];
                    }

                    pages.Add(index);
                }
            }));
        }

        return result;
    }
}
