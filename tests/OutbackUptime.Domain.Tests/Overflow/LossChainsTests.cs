using CsCheck;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class LossChainsTests
{
    [Fact]
    public void Name_WhileARecordIsJournaled_LetsItGrow()
    {
        var chains = new LossChains(10);
        var first = Assert.Single(chains.Name([Entry(1, "a", 5), Entry(3, "a", 6)]));
        chains.Add(100, first.Record);

        var second = Assert.Single(chains.Name([Entry(7, "a", 9)]));

        Assert.Null(first.Replaces);
        Assert.Equal(100, second.Replaces);
        Assert.Equal((1L, 7L, 3L, 5L, 9L), (second.Record.FirstOffset, second.Record.LastOffset, second.Record.Packets, second.Record.FirstSeq, second.Record.LastSeq));
    }

    [Fact]
    public void Name_AfterARecordIsInEveryStore_BeginsAnother()
    {
        var chains = new LossChains(10);
        chains.Add(100, chains.Name([Entry(1, "a", 5)])[0].Record);
        chains.OnTrimmed([new OffsetRange(90, 110)]);

        var next = Assert.Single(chains.Name([Entry(7, "a", 9)]));

        Assert.Null(next.Replaces);
        Assert.Equal(7, next.Record.FirstOffset);
    }

    [Fact]
    public void Name_OfAnEntryBeforeTheRecords_BeginsAnother()
    {
        var chains = new LossChains(10);
        chains.Add(100, chains.Name([Entry(50, "a", 5)])[0].Record);

        Assert.Null(chains.Name([Entry(7, "a", 1)])[0].Replaces);
    }

    [Fact]
    public void Name_LeavesDamageAlone()
    {
        var chains = new LossChains(10);
        chains.Add(100, new LossRecord(LossCause.Damaged, 1, 5, 5, "a", 1, 1, 5, ["mel"], ""));

        Assert.Null(chains.Name([Entry(7, "a", 9)])[0].Replaces);
    }

    /// <summary>However it goes, each entry is in exactly one record's count, and records stay few.</summary>
    [Fact]
    public void Name_CountsEachEntryOnce_AndStaysWithinItsCapacity() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12]).Array[1, 60].Array[1, 10].Sample(steps =>
        {
            var chains = new LossChains(20);
            var journal = new Dictionary<long, LossRecord>();
            var (offset, next, expected) = (0L, 1_000_000L, 0L);
            var seqs = new Dictionary<string, (long Min, long Max)>();
            foreach (var step in steps)
            {
                var dropped = step.Select(s => Entry(++offset, $"hub-{s.Item1}", s.Item2)).ToList();
                expected += dropped.Count;
                foreach (var named in chains.Name(dropped))
                {
                    Assert.True(named.Replaces is not { } replaced || journal.Remove(replaced));
                    journal[next] = named.Record;
                    chains.Add(next++, named.Record);
                    Assert.True(LossRecordJson.TryRead(LossRecordJson.Write(named.Record), out _));
                }
            }

            Assert.Equal(expected, journal.Values.Sum(r => r.Packets));
            Assert.InRange(journal.Count, 1, 21);
        });

    private static DroppedEntry Entry(long offset, string hub, long seq) => new(offset, hub, 1, seq, seq, 1, ["mel"]);
}
