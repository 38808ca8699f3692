using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal;

/// <summary>Damage, old files and swapped cards, one by one.</summary>
public sealed class JournalRepairTests : IAsyncLifetime
{
    private static readonly JournalOptions s_uncached = new() { CachedEntries = 0 };
    private readonly JournalFixture _fixture = new();

    private SqliteJournal Journal => _fixture.Journal;

    public Task InitializeAsync() => _fixture.OpenAsync(s_uncached);

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Read_OfAnAlteredEntry_IsPassedOver_AndALossEntryNamesIt()
    {
        await AppendAsync(5);
        await ExecuteAsync("UPDATE entries SET payload = CAST(replace(payload, 'metrics', 'METRICS') AS BLOB) WHERE offset = 3");
        Journal.MarkCommitted("syd", [new OffsetRange(1, 4)]);

        Assert.Equal([1, 2, 4, 5], Entries().Select(e => e.Offset));
        await Eventually.TrueAsync(() => Journal.NextOffset == 7);

        var loss = Assert.Single(Entries(), e => e.Kind == JournalEntryKind.Loss);
        Assert.Equal(6, loss.Offset);
        Assert.True(LossRecordJson.TryRead(loss.Payload.Span, out var record));
        Assert.Equal((LossCause.Damaged, 3, 3, 1), (record!.Cause, record.FirstOffset, record.LastOffset, record.Packets));
        Assert.Equal(("bore-01", 1, 2, 2), (record.Hub, record.Boot, record.FirstSeq, record.LastSeq));
        Assert.Equal(["mel"], record.MissingIn);
        Assert.Equal((5, 1), (Journal.Depth, Journal.Lost));
        Assert.Equal([new OffsetRange(1, 4)], Journal.Committed["syd"].Ranges);
        Assert.Equal([new OffsetRange(3, 3)], Journal.Committed["mel"].Ranges);
        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(JournalFixture.Packet(2))).Status);
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(JournalFixture.Packet(1))).Status);
        Assert.Equal([KeyValuePair.Create(LossCause.Damaged, 1L)], Journal.GivenUp);
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(s_uncached);
        Assert.Equal([new SilencedHub("bore-01", 1, 1)], Journal.Silenced);
    }

    [Fact]
    public async Task Append_WhenTheFileIsDamagedMeanwhile_IsJournaledInASalvagedOne()
    {
        await AppendAsync(300);
        var epoch = Journal.Epoch;
        await DamageAllButTheFirstPageAsync();
        for (var seq = 1000; seq < 1010; seq++)
        {
            Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(JournalFixture.Packet(seq, boot: 2))).Status);
        }

        var entries = Entries();
        Assert.Equal(1, Journal.Salvages);
        Assert.Equal(epoch, Journal.Epoch);
        Assert.Equal(10, entries.Count(e => e.Kind == JournalEntryKind.Packet && e.Boot == 2));
        Assert.Equal(300, Journal.Lost);
        Assert.All(entries, e => Assert.True(e.Offset > 300));
        Assert.NotEmpty(Directory.EnumerateFiles(_fixture.Directory, "journal.damaged-*.db"));
    }

    [Fact]
    public async Task Append_WhenTheFileIsDamagedMeanwhile_KeepsWhatIsInMemory_AndTellsOfTheRest()
    {
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(new JournalOptions { CachedEntries = 10 });
        var observer = new Observer();
        Journal.Observer = observer;
        await AppendAsync(300);
        Journal.MarkCommitted("syd", [new OffsetRange(1, 300)]);
        await DamageAllButTheFirstPageAsync();

        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(JournalFixture.Packet(1000))).Status);

        var entries = Entries();
        Assert.Equal(1, Journal.Salvages);
        Assert.Equal([.. Enumerable.Range(291, 10).Select(o => (long)o)], entries.Where(e => e.Kind == JournalEntryKind.Packet && e.Seq < 1000).Select(e => e.Offset));
        var records = entries.Where(e => e.Kind == JournalEntryKind.Loss).Select(e => LossRecordJson.TryRead(e.Payload.Span, out var record) ? record : throw new InvalidDataException()).ToArray();
        Assert.Equal(290, records.Sum(r => r.Packets));
        Assert.All(records, r => Assert.Equal(["mel"], r.MissingIn));
        Assert.Equal([KeyValuePair.Create(LossCause.Damaged, 290L)], Journal.GivenUp);
        Assert.Equal(new OffsetRangeSet([new OffsetRange(1, 290)]).Ranges, observer.Evicted.Ranges);
        Assert.Equal(0, observer.Safe.Count);
        Assert.Equal([new SilencedHub("", 0, 0)], Journal.Silenced);
        foreach (var region in (string[])["syd", "mel"])
        {
            Journal.MarkCommitted(region, [new OffsetRange(1, Journal.NextOffset - 1)]);
        }

        await Eventually.TrueAsync(() => Journal.Depth == 0);
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        Assert.Equal((0, 0), (Journal.Salvages, Journal.Depth));
    }

    [Fact]
    public async Task Open_OfAFileThatIsNone_StartsAnew_AndNamesWhatIsLost()
    {
        await AppendAsync(20);
        var epoch = Journal.Epoch;
        await _fixture.CloseAsync();
        await File.WriteAllTextAsync(_fixture.Path, new string('x', 10_000));

        await _fixture.OpenAsync(s_uncached);

        Assert.Equal(epoch, Journal.Epoch);
        var loss = Assert.Single(Entries());
        Assert.True(LossRecordJson.TryRead(loss.Payload.Span, out var record));
        Assert.Equal((1, 20, 20), (record!.FirstOffset, record.LastOffset, record.Packets));
        Assert.True(loss.Offset > 20);
    }

    [Fact]
    public async Task Open_WithoutTheFile_OnAnotherCard_HasANewEpoch()
    {
        await AppendAsync(3);
        var epoch = Journal.Epoch;
        await _fixture.CloseAsync();
        foreach (var file in Directory.EnumerateFiles(_fixture.Directory))
        {
            File.Delete(file);
        }

        await _fixture.OpenAsync();

        Assert.NotEqual(epoch, Journal.Epoch);
        Assert.Equal((1, 0), (Journal.NextOffset, Journal.Salvages));
    }

    [Fact]
    public async Task Open_OfAnotherStationsDamagedJournal_IsRefused_AndLeftAlone()
    {
        await AppendAsync(3);
        await _fixture.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(_fixture.Path);
        bytes.AsSpan(0, 100).Clear();
        await File.WriteAllBytesAsync(_fixture.Path, bytes);

        var error = await Assert.ThrowsAsync<JournalException>(() => _fixture.OpenAsync(station: "coolibah"));

        Assert.Contains("belongs to station 'napperby'", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_fixture.Path));
        await _fixture.OpenAsync();
        Assert.Equal(3, Journal.Depth);
    }

    [Fact]
    public async Task DamagedFiles_AreKeptInABoundedNumber()
    {
        var options = new JournalOptions { DamagedSets = 2 };
        for (var i = 0; i < 4; i++)
        {
            await _fixture.CloseAsync();
            await File.WriteAllTextAsync(_fixture.Path, new string('x', 5000 + i));
            await _fixture.OpenAsync(options);
        }

        Assert.Equal([5002, 5003], Directory.EnumerateFiles(_fixture.Directory, "journal.damaged-*").Order(StringComparer.Ordinal).Select(f => new FileInfo(f).Length));
    }

    [Fact]
    public async Task Open_OfAVersion1Journal_KeepsAllOfIt()
    {
        await _fixture.CloseAsync();
        foreach (var file in Directory.EnumerateFiles(_fixture.Directory))
        {
            File.Delete(file);
        }

        var epoch = Guid.NewGuid();
        await ExecuteAsync($$"""
            PRAGMA journal_mode = WAL;
            CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE entries (
                offset INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, hub TEXT NOT NULL, boot INTEGER NOT NULL, boot_assigned INTEGER NOT NULL,
                seq INTEGER NOT NULL, received_us INTEGER NOT NULL, payload BLOB NOT NULL, topic TEXT NOT NULL, reason_code TEXT NOT NULL, reason TEXT NOT NULL);
            CREATE TABLE committed (region TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (region, first)) WITHOUT ROWID;
            CREATE TABLE hubs (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, highest INTEGER NOT NULL, open INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE recent (hub TEXT NOT NULL, slot INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL, hash INTEGER NOT NULL, PRIMARY KEY (hub, slot)) WITHOUT ROWID;
            INSERT INTO meta VALUES ('schema', '1'), ('station', 'napperby'), ('epoch', '{{epoch}}');
            INSERT INTO entries SELECT value, 1, 'bore-01', 7, 0, value, 1700000000000000, CAST('{"seq":' || value || '}' AS BLOB), '', '', '' FROM generate_series(3, 10);
            INSERT INTO committed VALUES ('syd', 1, 6), ('mel', 1, 2);
            INSERT INTO hubs VALUES ('bore-02', 1700000000000000, 5, 1);
            INSERT INTO recent VALUES ('bore-02', 5, 1700000000000000, 5, 77);
            """.Replace("FROM generate_series(3, 10)", "FROM (SELECT 3 AS value UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9 UNION SELECT 10)", StringComparison.Ordinal));

        await _fixture.OpenAsync(s_uncached);
        await Journal.AppendAsync(JournalFixture.Packet(1));
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(s_uncached);

        Assert.Equal((epoch, 12, 3, 0), (Journal.Epoch, Journal.NextOffset, Journal.FirstOffset, Journal.Salvages));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11], Entries().Select(e => e.Offset));
        Assert.Equal([new OffsetRange(1, 6)], Journal.Committed["syd"].Ranges);
    }

    [Fact]
    public async Task Append_WithoutBoot_WhenTheHubsRowIsDamaged_GetsABootAboveTheOldOne()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1, boot: null, value: 1));
        await _fixture.CloseAsync();
        await ExecuteAsync("UPDATE hubs SET boot = boot + 1000000000000");
        await _fixture.OpenAsync(s_uncached);

        await Journal.AppendAsync(JournalFixture.Packet(2, boot: null, value: 2));
        await Journal.AppendAsync(JournalFixture.Packet(3, boot: null, value: 2));

        var entries = Entries();
        Assert.True(entries[1].Boot > entries[0].Boot);
        Assert.True(entries[1].Boot - entries[0].Boot < 1_000_000_000_000, "the damaged row is not believed");
        Assert.Equal(entries[1].Boot, entries[2].Boot);
    }

    private async Task DamageAllButTheFirstPageAsync()
    {
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(_fixture.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 1024;
            var length = file.Length;
            while (file.Position < length)
            {
                file.Write(Enumerable.Repeat((byte)0xFF, 1024).ToArray());
            }
        }

        // The change counter makes the connections read the file anew.
        await ExecuteAsync("PRAGMA user_version = 1", mayFail: true);
    }

    private async Task AppendAsync(int count)
    {
        for (var seq = 0; seq < count; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }
    }

    private IReadOnlyList<JournalEntry> Entries() => Journal.Read([new OffsetRange(1, Journal.NextOffset - 1)], 10_000, int.MaxValue);

    private async Task ExecuteAsync(string sql, bool mayFail = false)
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (SqliteException) when (mayFail)
        {
            // It is damaged.
        }
    }

    private sealed class Observer : IJournalObserver
    {
        public OffsetRangeSet Evicted { get; } = new();

        public OffsetRangeSet Safe { get; } = new();

        public void OnAppended(IReadOnlyList<JournalEntry> entries)
        {
        }

        public void OnSafe(IReadOnlyList<OffsetRange> ranges, long firstKept)
        {
            foreach (var range in ranges)
            {
                Safe.Add(range);
            }
        }

        public void OnEvicted(IReadOnlyList<OffsetRange> ranges)
        {
            foreach (var range in ranges)
            {
                Evicted.Add(range);
            }
        }
    }
}
