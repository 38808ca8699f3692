using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using Xunit.Abstractions;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// The power fails at every step of a journal's life, and in the middle of writes. OUTBACK_POWER_CUTS: how many cut points are
/// tried (default 10,000 and some); OUTBACK_POWER_CUT_SEED: another life; OUTBACK_POWER_CUT_KEEP: a folder for the disk images
/// that failed, since a life's exact steps depend on timing.
/// </summary>
[Collection(JournalStorageCollection.Name)]
[Trait("Suite", "Slow")]
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int Variants = 7;
    private static readonly int s_wanted = Setting("OUTBACK_POWER_CUTS", 10_500);
    private static readonly int s_seed = Setting("OUTBACK_POWER_CUT_SEED", 20261124);

    [Fact]
    public async Task PowerCut_AtAnyWrite_LosesNothingAcknowledged()
    {
        var watch = Stopwatch.StartNew();
        var (cuts, images, steps) = (0, new HashSet<string>(StringComparer.Ordinal), 0);
        var problems = new ConcurrentQueue<string>();
        for (var life = 0; images.Count < s_wanted; life++)
        {
            var run = await RecordedRun.RecordAsync(s_seed + life, rounds: 120);
            Assert.True(run.Salvages >= 1, "a salvage belongs to the life");
            steps += run.Ops.Count;
            var (acknowledged, before) = (0, cuts);
            await Parallel.ForEachAsync(
                Partition(run, s_seed + life, images, s_wanted),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                (cut, _) =>
                {
                    Interlocked.Increment(ref cuts);
                    Interlocked.Add(ref acknowledged, cut.Acknowledged);
                    if (Check(run, cut) is { } problem && problems.Count < 5)
                    {
                        Keep(cut);
                        problems.Enqueue($"life {s_seed + life}, step {cut.Step}, variant {cut.Variant}: {problem}");
                    }

                    return ValueTask.CompletedTask;
                });
            output.WriteLine($"seed {s_seed + life}: {run.Ops.Count} steps, {run.Acknowledged.Count} packets, {cuts - before} cuts, {acknowledged / Math.Max(1, cuts - before)} packets acknowledged before one in the mean");
        }

        output.WriteLine($"{cuts} cuts, {images.Count} distinct disk images, {steps} steps, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
        Assert.True(images.Count >= s_wanted, $"{images.Count} distinct cut points");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static void Keep(CutPoint cut)
    {
        if (Environment.GetEnvironmentVariable("OUTBACK_POWER_CUT_KEEP") is { Length: > 0 } folder)
        {
            var image = Directory.CreateDirectory(Path.Combine(folder, $"step-{cut.Step}-variant-{cut.Variant}"));
            foreach (var (name, bytes) in cut.Files)
            {
                File.WriteAllBytes(Path.Combine(image.FullName, name), bytes);
            }
        }
    }

    /// <summary>The disk images after a cut behind each step, each of them new.</summary>
    private static IEnumerable<CutPoint> Partition(RecordedRun run, int seed, HashSet<string> images, int wanted)
    {
        var disk = new CutDisk();
        for (var step = 0; step < run.Ops.Count && images.Count < wanted; step++)
        {
            disk.Apply(run.Ops[step]);
            var marks = run.Marks.TakeWhile(m => m.Step <= step + 1).Select(m => m.Bytes).ToArray();
            var acknowledged = run.Acknowledged.TakeWhile(a => a.Step <= step + 1).Count();
            for (var variant = 0; variant < Variants && images.Count < wanted; variant++)
            {
                var random = new Random(HashCode.Combine(seed, step, variant));
                var files = disk.Cut(Survival(variant, run.Ops[step], random), pending => variant switch { 0 => 0, 1 or 2 => pending, _ => random.Next(pending + 1) });
                if (marks.Length > 0 && variant != 1)
                {
                    files["journal.high"] = marks[^(random.Next(3) == 0 ? random.Next(marks.Length) + 1 : 1)];
                }

                if (images.Add(Fingerprint(files)))
                {
                    yield return new CutPoint(step, variant, files, acknowledged);
                }
            }
        }
    }

    /// <summary>What of the unsynced writes has arrived.</summary>
    private static Func<DiskOp, int, bool> Survival(int variant, DiskOp last, Random random)
    {
        var share = random.NextDouble();
        var torn = random.Next(9);
        var flips = new Dictionary<(DiskOp, int), bool>();
        bool Flip(DiskOp op, int sector) => flips.TryGetValue((op, sector), out var known) ? known : flips[(op, sector)] = random.NextDouble() < share;
        return variant switch
        {
            0 => (_, _) => false,
            1 => (_, _) => true,
            // The last write is torn.
            2 => (op, sector) => sector < 0 || !ReferenceEquals(op, last) || sector < (op.Offset / 512) + torn,
            // Whole writes out of order.
            3 or 4 => (op, sector) => sector >= 0 || Flip(op, -1),
            // Sectors out of order.
            _ => (op, sector) => sector < 0 || Flip(op, sector),
        };
    }

    private static string Fingerprint(Dictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"{name}:{bytes.Length};"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string? Check(RecordedRun run, CutPoint cut)
    {
        using var image = new DiskImage(cut.Files);
        try
        {
            using var opened = new Closing(image.Open());
            var journal = opened.Journal;
            if (cut.Acknowledged > 0 && journal.Writer.Epoch != run.Epoch)
            {
                return "the epoch has changed";
            }

            var (entries, damaged) = DiskImage.ReadAll(journal);
            var losses = entries.Where(e => e.Kind == JournalEntryKind.Loss).ToArray();
            if (damaged.Count > 0 || losses.Any(e => LossRecordJson.TryRead(e.Payload.Span, out var loss) && !loss.Detail.StartsWith(JournalSalvage.Unknown, StringComparison.Ordinal)))
            {
                return $"damage is claimed: {damaged.Count} entries, {string.Join(' ', losses.Select(e => System.Text.Encoding.UTF8.GetString(e.Payload.Span)))}";
            }

            var safe = new OffsetRangeSet(run.Safe.Where(s => s.Step <= cut.Step + 1).Select(s => s.Range));
            var there = entries.ToDictionary(e => e.Offset);
            foreach (var (_, entry) in run.Acknowledged.Take(cut.Acknowledged))
            {
                if (!there.TryGetValue(entry.Offset, out var found))
                {
                    if (!safe.Contains(entry.Offset))
                    {
                        return $"offset {entry.Offset} was acknowledged and is not there";
                    }
                }
                else if (!IsSame(entry, found))
                {
                    return $"offset {entry.Offset} has another content";
                }

                if (entry.Offset >= journal.Next)
                {
                    return $"offset {entry.Offset} will be used again";
                }
            }

            return entries.GroupBy(e => (e.Kind, e.Hub, e.Boot, e.Seq)).Any(g => g.Key.Kind == JournalEntryKind.Packet && g.Count() > 1) ? "a packet is there twice"
                : !journal.Kept.Ranges.SequenceEqual(new OffsetRangeSet(entries.Select(e => new OffsetRange(e.Offset, e.Offset))).Ranges) ? "the ranges are not those of the entries"
                : null;
        }
#pragma warning disable CA1031 // Whatever it is, it is the finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }
    }

    private static bool IsSame(JournalEntry a, JournalEntry b) =>
        a.Kind == b.Kind && a.Hub == b.Hub && a.Boot == b.Boot && a.BootAssigned == b.BootAssigned && a.Seq == b.Seq && a.ReasonCode == b.ReasonCode && a.Payload.Span.SequenceEqual(b.Payload.Span);

    private sealed record CutPoint(int Step, int Variant, Dictionary<string, byte[]> Files, int Acknowledged);

    private readonly struct Closing(OpenedJournal journal) : IDisposable
    {
        public OpenedJournal Journal { get; } = journal;

        public void Dispose()
        {
            Journal.Reader.Dispose();
            Journal.Writer.Dispose();
        }
    }
}
