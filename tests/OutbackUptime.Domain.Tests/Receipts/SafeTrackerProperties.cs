using CsCheck;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Receipts;

namespace OutbackUptime.Domain.Tests.Receipts;

/// <summary>I4, towards hubs: whatever order packets come in, entries leave, hubs ask and the gateway restarts, no claim covers an entry that is not safe.</summary>
public sealed class SafeTrackerProperties
{
    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, 19], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[0, 12], Gen.Int[0, 1 << 20], (what, hub, boot, seq, pick) => new Step(what, $"hub-{hub}", boot, seq, pick));

    [Fact]
    public void AClaim_WheneverItStands_CoversNothingUnsafe() => Steps.Array[1, 150].Sample(Run, iter: 5_000);

    private static void Run(Step[] steps)
    {
        var tracker = new SafeTracker(maxOpen: 6, maxBoots: 3);
        var entries = new SortedDictionary<long, (string Hub, long Boot, long Seq)>();
        var evicted = new List<(string Hub, long Boot, long Seq)>();
        var told = new Dictionary<(string Hub, long Boot), long>();
        var next = 1L;
        foreach (var step in steps)
        {
            switch (step.What)
            {
                case 0:
                    // The process starts again: it knows nothing, and retained claims are gone with it. What was evicted before is out of its sight.
                    tracker = new SafeTracker(6, 3);
                    told.Clear();
                    evicted.Clear();
                    break;
                case 1:
                    tracker.Ask(step.Hub, next - 1);
                    break;
                case 2 when step.Pick % 8 == 0 && entries.Count > 0:
                    var lost = entries.ElementAt(step.Pick % entries.Count);
                    entries.Remove(lost.Key);
                    evicted.Add(lost.Value);
                    tracker.OnEvicted([new OffsetRange(lost.Key, lost.Key)]);
                    // What was told before is taken back by nobody; only what is told from now on is held against it.
                    told.Clear();
                    break;
                case < 12:
                    entries[next] = (step.Hub, step.Boot, step.Seq);
                    Tell(tracker.OnJournaled(step.Hub, step.Boot, step.Seq, next++));
                    break;
                case var _ when entries.Count > 0:
                    var first = entries.Keys.ElementAt(step.Pick % entries.Count);
                    var last = first + (step.Pick % 5);
                    foreach (var offset in entries.Keys.Where(o => o >= first && o <= last).ToList())
                    {
                        entries.Remove(offset);
                    }

                    foreach (var claim in tracker.OnSafe([new OffsetRange(first, last)], entries.Count == 0 ? next : entries.Keys.First()))
                    {
                        Tell(claim);
                    }

                    break;
            }

            foreach (var ((hub, boot), seq) in told)
            {
                Assert.DoesNotContain(entries.Values.Concat(evicted), e => e.Hub == hub && e.Boot == boot && e.Seq <= seq);
            }

            Assert.True(tracker.Count <= 3 * 6);
        }

        void Tell(SafeClaim? claim)
        {
            if (claim is not null)
            {
                told[(claim.Hub, claim.Boot)] = claim.Seq;
            }
        }
    }

    private sealed record Step(int What, string Hub, long Boot, long Seq, int Pick);
}
