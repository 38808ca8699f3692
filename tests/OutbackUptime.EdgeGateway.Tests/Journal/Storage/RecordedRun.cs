using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// A journal's life on a recorded disk: packets with and without boots, short and long, quarantine, trims, checkpoints, clean
/// restarts, and a salvage; and what was promised at which step.
/// </summary>
internal sealed class RecordedRun
{
    private static readonly string[] s_hubs = ["bore-01", "bore-02", "trough-03", "pump-04", "tank-05"];
    private readonly Random _random;
    private readonly Dictionary<string, long> _seqs = s_hubs.ToDictionary(h => h, _ => 0L);
    private readonly JournalFixture _fixture = new();
    private RecordedDisk _disk = null!;
    private long _read = 1;

    private RecordedRun(int seed) => _random = new Random(seed);

    public IReadOnlyList<DiskOp> Ops { get; private set; } = [];

    /// <summary>Entries acknowledged, each with the step before which it was.</summary>
    public List<(int Step, JournalEntry Entry)> Acknowledged { get; } = [];

    /// <summary>Offsets that all regions had, each with the step from which the journal knew it.</summary>
    public List<(int Step, OffsetRange Range)> Safe { get; } = [];

    /// <summary>The high-water mark's bytes, each with the step from which they may have been on the disk.</summary>
    public List<(int Step, byte[] Bytes)> Marks { get; } = [];

    public Guid Epoch { get; private set; }

    public long Salvages { get; private set; }

    public static async Task<RecordedRun> RecordAsync(int seed, int rounds)
    {
        var run = new RecordedRun(seed);
        await run.RunAsync(rounds);
        return run;
    }

    private async Task RunAsync(int rounds)
    {
        await using var fixture = _fixture;
        using var disk = _disk = new RecordedDisk(fixture.Directory);
        fixture.Storage = disk.Storage;
        await fixture.OpenAsync();
        Epoch = fixture.Journal.Epoch;
        for (var round = 1; round <= rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => fixture.Journal.AppendAsync(Next())));
            Note();
            if (round % 4 == 0)
            {
                Commit();
            }

            if (round % 9 == 0)
            {
                Checkpoint();
            }

            if (round == rounds / 2 || round % 40 == 0)
            {
                await fixture.CloseAsync();
                if (round == rounds / 2)
                {
                    // The file's first page, with the schema: nothing of what was promised.
                    disk.Damage("journal.db", 0, new byte[DamageBase.PageSize]);
                }

                await fixture.OpenAsync();
                Salvages += fixture.Journal.Salvages;
                Note();
            }
        }

        await fixture.CloseAsync();
        Ops = disk.Ops;
    }

    private IncomingPacket Next()
    {
        var hub = s_hubs[_random.Next(s_hubs.Length)];
        var seq = _seqs[hub] = _random.Next(30) == 0 ? 0 : _seqs[hub] + 1;
        var value = _random.NextDouble();
        var packet = JournalFixture.Packet(seq, hub[^1] is '1' or '2' ? null : 1 + (_read / 100), hub, value);
        if (_random.Next(12) > 0)
        {
            return packet;
        }

        // Long ones spill over pages.
        var payload = new byte[_random.Next(3000, 12_000)];
        _random.NextBytes(payload);
        return packet with { Payload = payload, Packet = null, Fault = new("not-json", "Not JSON.") };
    }

    private void Note()
    {
        var journal = _fixture.Journal;
        var next = journal.NextOffset;
        var mark = File.ReadAllBytes(Path.Combine(_fixture.Directory, "journal.high"));
        var step = _disk.Count;
        Acknowledged.AddRange(journal.Read([new OffsetRange(_read, next - 1)], 1000, int.MaxValue).Select(e => (step, e)));
        Marks.Add((step, mark));
        _read = next;
    }

    private void Commit()
    {
        var journal = _fixture.Journal;
        var last = Math.Max(1, journal.NextOffset - _random.Next(1, 20));
        var first = Math.Max(1, last - _random.Next(5, 25));
        var range = new OffsetRange(first, last);
        var step = _disk.Count;
        journal.MarkCommitted("syd", [range]);
        if (_random.Next(4) > 0)
        {
            journal.MarkCommitted("mel", [range]);
        }

        Safe.AddRange(journal.Committed["syd"].Intersect(journal.Committed["mel"]).Ranges.Select(r => (step, r)));
    }

    private void Checkpoint()
    {
        using var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False;Vfs={RecordingVfs.Name}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({(_random.Next(3) switch { 0 => "PASSIVE", 1 => "RESTART", _ => "TRUNCATE" })})";
        command.ExecuteNonQuery();
    }
}
