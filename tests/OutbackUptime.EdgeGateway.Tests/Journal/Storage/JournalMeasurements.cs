using System.Diagnostics;
using System.Globalization;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;
using Xunit.Abstractions;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// The figures of docs/decisions/0011: OUTBACK_JOURNAL_MEGABYTES=1024 measures a journal of that size in the temporary folder;
/// unset, a small one shows that the measurement works.
/// </summary>
[Collection(JournalStorageCollection.Name)]
[Trait("Suite", "Slow")]
public sealed class JournalMeasurements(ITestOutputHelper output)
{
    [Fact]
    public void Measure_StartCheckAndSalvage_OfAFilledJournal()
    {
        var megabytes = int.TryParse(Environment.GetEnvironmentVariable("OUTBACK_JOURNAL_MEGABYTES"), CultureInfo.InvariantCulture, out var set) ? set : 4;
        using var folder = new OutbackUptime.Testing.Processes.TempFolder();
        var files = new JournalFiles(folder.FullPath);
        var options = new JournalOptions { CheckLimit = TimeSpan.FromMinutes(10) };
        var opener = new JournalOpener(files, JournalStorage.Default, options, "napperby", ["syd", "mel"], TimeProvider.System);
        var entries = Fill(opener, megabytes << 20);
        MeasureChecksum();

        var watch = Stopwatch.StartNew();
        var opened = opener.Open();
        output.WriteLine($"{new FileInfo(files.Database).Length >> 20} MiB, {entries} entries: start {watch.Elapsed.TotalSeconds:0.00} s");
        watch.Restart();
        Assert.True(opened.Writer.QuickCheck(TimeSpan.FromMinutes(10), TimeProvider.System));
        output.WriteLine($"of it quick_check {watch.Elapsed.TotalSeconds:0.00} s");
        watch.Restart();
        Assert.Equal(entries, opened.Writer.LoadKept().Count);
        output.WriteLine($"of it the offsets {watch.Elapsed.TotalSeconds:0.00} s");
        opened.Reader.Dispose();
        opened.Writer.Dispose();

        using (var file = File.OpenHandle(files.Database, FileMode.Open, FileAccess.Write))
        {
            // Without the first page SQLite can read nothing.
            RandomAccess.Write(file, new byte[DamageBase.PageSize], 0);
        }

        watch.Restart();
        opened = opener.Open();
        output.WriteLine($"salvage {opened.Salvage!.Elapsed.TotalSeconds:0.00} s, {opened.Salvage.Entries / opened.Salvage.Elapsed.TotalSeconds:0} entries/s; with the start {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.Equal((entries, 1), (opened.Salvage.Entries, (int)(opened.Salvage.Lost + 1)));
        opened.Reader.Dispose();
        opened.Writer.Dispose();
    }

    private static long Fill(JournalOpener opener, long bytes)
    {
        var opened = opener.Open();
        var (random, written) = (new Random(1), 0L);
        var payload = new byte[190];
        while (opened.Writer.UsedBytes < bytes)
        {
            using var transaction = opened.Writer.Begin();
            for (var i = 0; i < 20_000; i++)
            {
                random.NextBytes(payload);
                opened.Writer.Insert(Entry(0, ++written, payload), transaction);
            }

            transaction.Commit();
        }

        opened.Reader.Dispose();
        opened.Writer.Dispose();
        return written;
    }

    private void MeasureChecksum()
    {
        var entry = Entry(1, 1, new byte[190]);
        var sum = 0;
        for (var warm = 0; warm < 100_000; warm++)
        {
            sum ^= RowChecksum.OfEntry(entry);
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1_000_000; i++)
        {
            sum ^= RowChecksum.OfEntry(entry);
        }

        output.WriteLine($"checksum of an entry of 190 bytes: {watch.Elapsed.TotalNanoseconds / 1_000_000:0} ns ({sum})");
    }

    private static JournalEntry Entry(long offset, long seq, byte[] payload) =>
        new(offset, JournalEntryKind.Packet, $"hub-{seq % 100}", 1, false, seq, DateTimeOffset.UnixEpoch.AddDays(20_000), 0, payload, "", "", "");
}
