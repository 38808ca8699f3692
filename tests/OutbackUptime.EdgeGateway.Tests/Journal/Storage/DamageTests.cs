using System.Diagnostics;
using System.Globalization;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Storage;
using OutbackUptime.Testing;
using Xunit.Abstractions;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// A card gives back other bytes than it got. OUTBACK_DAMAGES: how many seeds (default 1,100); OUTBACK_DAMAGE_SEED: the first.
/// </summary>
[Collection(JournalStorageCollection.Name)]
[Trait("Suite", "Slow")]
public sealed class DamageTests(ITestOutputHelper output)
{
    private static readonly int s_count = Setting("OUTBACK_DAMAGES", 1100);
    private static readonly int s_first = Setting("OUTBACK_DAMAGE_SEED", 1);

    // Found by longer runs: a flipped bit in a ring's row, and a log cut off in front of the tables' own commit.
    private static readonly int[] s_mended = [1335, 3906];

    [Fact]
    public async Task Damage_AnywhereInTheFiles_IsNamedAndNothingElseIsLost()
    {
        var watch = Stopwatch.StartNew();
        DamageBase[] bases =
        [
            await DamageBase.MakeAsync(1, isClosed: true, checkpoints: 0),
            await DamageBase.MakeAsync(2, isClosed: false, checkpoints: 0),
            await DamageBase.MakeAsync(3, isClosed: false, checkpoints: 1),
            await DamageBase.MakeAsync(4, isClosed: false, checkpoints: 6),
        ];
        var (failures, lost, salvaged) = (new System.Collections.Concurrent.ConcurrentQueue<string>(), 0L, 0L);
        int[] seeds = [.. Enumerable.Range(s_first, s_count), .. s_mended.Where(seed => seed >= s_first + s_count)];
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var random = new Random(seed);
            var sound = bases[random.Next(bases.Length)];
            var (files, what, mayLose) = Damage(sound.Files, random);
            try
            {
                var (losses, salvages) = await CheckAsync(sound, files, mayLose);
                Interlocked.Add(ref lost, losses);
                Interlocked.Add(ref salvaged, salvages);
            }
#pragma warning disable CA1031 // Whatever it is, it is the finding.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Enqueue($"seed {seed} ({what}): {e}");
            }
        });
        output.WriteLine($"{seeds.Length} seeds from {s_first}: {salvaged} salvages, {lost} entries lost and named, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(failures.IsEmpty, $"{failures.Count} failed.\n{string.Join('\n', failures.Select(f => f.Length <= 1500 ? f : f[..1500]).Take(20))}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>Damaged copies of the files, and how many entries at most that may cost.</summary>
    private static (Dictionary<string, byte[]> Files, string What, int MayLose) Damage(Dictionary<string, byte[]> sound, Random random)
    {
        var files = sound.ToDictionary(f => f.Key, f => (byte[])f.Value.Clone());
        string[] names = files.ContainsKey("journal.db-wal") ? ["journal.db", "journal.db-wal", "journal.db-wal"] : ["journal.db"];
        var name = names[random.Next(names.Length)];
        var bytes = files[name];
        var at = random.Next(bytes.Length);
        // A page of the file, or a card's.
        var block = random.Next(2) == 0 ? DamageBase.PageSize : 4096;
        switch (random.Next(8))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return (files, $"bit at {at} of {name}", 1);
            case 2:
                var flips = random.Next(2, 30);
                for (var i = 0; i < flips; i++)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                return (files, $"{flips} bits of {name}", int.MaxValue);
            case 3:
                var page = at / block * block;
                bytes.AsSpan(page, Math.Min(block, bytes.Length - page)).Clear();
                return (files, $"page at {page} of {name} zeroed", int.MaxValue);
            case 4:
                var sector = at / 512 * 512;
                random.NextBytes(bytes.AsSpan(sector, Math.Min(512, bytes.Length - sector)));
                return (files, $"sector at {sector} of {name} garbled", int.MaxValue);
            case 5:
                files[name] = bytes[..at];
                return (files, $"{name} cut to {at}", int.MaxValue);
            case 6:
                // Lost track of where it wrote: a page is another one's copy.
                var (from, to) = (random.Next(bytes.Length / block) * block, random.Next(bytes.Length / block) * block);
                bytes.AsSpan(from, Math.Min(block, bytes.Length - from)).ToArray().AsSpan(0, Math.Min(block, bytes.Length - to)).CopyTo(bytes.AsSpan(to));
                return (files, $"page at {to} of {name} is that at {from}", int.MaxValue);
            default:
                files["journal.high"][random.Next(files["journal.high"].Length)] ^= 1;
                bytes[at] ^= (byte)(1 << random.Next(8));
                // Nothing but the mark tells of the end of a log that is damaged there.
                return (files, $"bit at {at} of {name}, and the mark", 8);
        }
    }

    private static async Task<(long Lost, long Salvages)> CheckAsync(DamageBase sound, Dictionary<string, byte[]> files, int mayLose)
    {
        using var folder = new DiskImage(files);
        await using var fixture = new JournalFixture(folder.Folder) { Storage = JournalStorage.Default with { BallastBytes = 4096 } };
        await fixture.OpenAsync();
        var journal = fixture.Journal;
        var entries = journal.Read([new OffsetRange(1, journal.NextOffset - 1)], int.MaxValue, int.MaxValue);
        if (journal.Depth > entries.Count)
        {
            await Eventually.TrueAsync(() => journal.Depth == (entries = journal.Read([new OffsetRange(1, journal.NextOffset - 1)], int.MaxValue, int.MaxValue)).Count);
        }

        var losses = entries.Where(e => e.Kind == JournalEntryKind.Loss).Select(e => LossRecordJson.TryRead(e.Payload.Span, out var record) ? record : throw new InvalidDataException("a loss record can't be read")).ToArray();
        var originals = sound.Kept.ToDictionary(e => e.Offset);
        var there = entries.Where(e => e.Kind != JournalEntryKind.Loss).ToDictionary(e => e.Offset);
        foreach (var entry in there.Values.Where(e => !sound.Safe.Contains(e.Offset)))
        {
            Assert.True(originals.TryGetValue(entry.Offset, out var original), $"offset {entry.Offset} was never there");
            Assert.True(IsSame(original!, entry), $"offset {entry.Offset} is altered");
        }

        var missing = originals.Keys.Where(o => !there.ContainsKey(o) && !sound.Safe.Contains(o)).ToArray();
        Assert.All(missing, o => Assert.True(losses.Any(l => l.FirstOffset <= o && o <= l.LastOffset), $"offset {o} is missing and not named"));
        Assert.True(losses.Sum(l => l.Packets) >= missing.Length, $"{missing.Length} missing, {losses.Sum(l => l.Packets)} named");
        Assert.True(missing.Length <= mayLose, $"{missing.Length} missing: {string.Join(' ', missing)}");
        var untouched = sound.Untouched(files).ToHashSet();
        Assert.All(missing, o => Assert.False(untouched.Contains(o), $"offset {o} is missing, and lies on a page that is as it was"));
        await GoesOnAsync(sound, fixture, there.Values);
        return (losses.Sum(l => l.Packets), journal.Salvages);
    }

    /// <summary>The journal works, keeps doing so over a restart, and gives no key and no offset to two packets.</summary>
    private static async Task GoesOnAsync(DamageBase sound, JournalFixture fixture, IEnumerable<JournalEntry> there)
    {
        var next = fixture.Journal.NextOffset;
        Assert.True(fixture.Journal.Epoch != sound.Epoch || next >= sound.Next, $"offsets from {next} on are used again");
        Assert.Equal(AppendStatus.Accepted, (await fixture.Journal.AppendAsync(JournalFixture.Packet(20, null, "hub-0", -1))).Status);
        Assert.Equal(AppendStatus.Accepted, (await fixture.Journal.AppendAsync(JournalFixture.Packet(5000, 7, "hub-4", -1))).Status);
        var added = fixture.Journal.Read([new OffsetRange(next, fixture.Journal.NextOffset - 1)], 10, int.MaxValue);
        Assert.DoesNotContain(added, a => sound.Kept.Any(k => (k.Hub, k.Boot, k.Seq) == (a.Hub, a.Boot, a.Seq)));
        if (there.LastOrDefault(e => e is { Kind: JournalEntryKind.Packet, BootAssigned: false }) is { } last)
        {
            var again = JournalFixture.Packet(last.Seq, last.Boot, last.Hub) with { Payload = last.Payload };
            Assert.Equal(AppendStatus.Duplicate, (await fixture.Journal.AppendAsync(again)).Status);
        }

        var (depth, end) = (fixture.Journal.Depth, fixture.Journal.NextOffset);
        await fixture.CloseAsync();
        await fixture.OpenAsync();
        Assert.Equal(0, fixture.Journal.Salvages);
        Assert.Equal((depth, end), (fixture.Journal.Depth, fixture.Journal.NextOffset));
    }

    private static bool IsSame(JournalEntry a, JournalEntry b) =>
        a.Kind == b.Kind && a.Hub == b.Hub && a.Boot == b.Boot && a.BootAssigned == b.BootAssigned && a.Seq == b.Seq && a.ReceivedAt.UtcTicks / 10 == b.ReceivedAt.UtcTicks / 10
        && a.ReasonCode == b.ReasonCode && a.Reason == b.Reason && a.Topic == b.Topic && a.Payload.Span.SequenceEqual(b.Payload.Span);
}
