using CsCheck;
using OutbackUptime.Domain.Sequences;

namespace OutbackUptime.Domain.Tests.Sequences;

public sealed class SequenceWindowTests
{
    [Fact]
    public void Check_WhenNothingIsRecorded_IsNew()
    {
        var window = new SequenceWindow(4);

        Assert.Equal(-1, window.Highest);
        Assert.Equal(SequenceVerdict.New, window.Check(0, 0));
        Assert.Equal(SequenceVerdict.New, window.Check(long.MaxValue, 0));
    }

    [Fact]
    public void Constructor_WhenCapacityIsZero_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceWindow(0));

    [Fact]
    public void Record_WhenSeqIsKnown_KeepsTheFirstHash()
    {
        var window = new SequenceWindow(4);
        window.Record(7, 1);

        window.Record(7, 2);

        Assert.Equal(SequenceVerdict.Duplicate, window.Check(7, 1));
        Assert.Equal(SequenceVerdict.Conflict, window.Check(7, 2));
    }

    [Fact]
    public void Window_WithFewSeqs_TakesFewSlots()
    {
        var window = new SequenceWindow(1024);
        for (var seq = 1_000_000; seq < 1_000_010; seq++)
        {
            window.Record(seq, 1);
        }

        Assert.InRange(window.Slots, 10, 16);
    }

    [Fact]
    public void Window_HoweverManySeqs_NeverTakesMoreSlotsThanItsCapacity()
    {
        var window = new SequenceWindow(100);
        for (var seq = 0; seq < 1000; seq++)
        {
            window.Record(seq, 1);
        }

        Assert.Equal(100, window.Slots);
        Assert.Equal(SequenceVerdict.Duplicate, window.Check(900, 1));
        Assert.Equal(SequenceVerdict.BelowWindow, window.Check(899, 1));
    }

    [Fact]
    public void Trim_KeepsTheLastSeqsAndForgetsTheOthers()
    {
        var window = new SequenceWindow(1024);
        for (var seq = 0; seq < 500; seq++)
        {
            window.Record(seq, (ulong)seq);
        }

        window.Trim(32);

        Assert.Equal(32, window.Slots);
        Assert.Equal(SequenceVerdict.BelowWindow, window.Check(467, 467));
        Assert.Equal(SequenceVerdict.Duplicate, window.Check(468, 468));
        Assert.Equal(SequenceVerdict.Conflict, window.Check(499, 1));
        window.Record(467, 1);
        window.Record(900, 900);
        Assert.Equal(SequenceVerdict.BelowWindow, window.Check(467, 1));
        Assert.Equal(SequenceVerdict.Duplicate, window.Check(468, 468));
        Assert.Equal(SequenceVerdict.Duplicate, window.Check(900, 900));
    }

    [Theory]
    [InlineData(12, 60)]
    [InlineData(100, 400)]
    public void Window_InAnyOrder_AgreesWithANaiveModel(int capacities, int seqs) =>
        Gen.Select(Gen.Int[1, capacities], Gen.Select(Gen.Long[0, seqs], Gen.ULong[0, 2]).Array[0, 200]).Sample(
            (capacity, packets) =>
            {
                var window = new SequenceWindow(capacity);
                var model = new Dictionary<long, ulong>();
                foreach (var (seq, hash) in packets)
                {
                    var highest = model.Count == 0 ? -1 : model.Keys.Max();
                    var expected = highest >= 0 && seq <= highest - capacity ? SequenceVerdict.BelowWindow
                        : !model.TryGetValue(seq, out var kept) ? SequenceVerdict.New
                        : kept == hash ? SequenceVerdict.Duplicate
                        : SequenceVerdict.Conflict;

                    Assert.Equal(highest, window.Highest);
                    Assert.Equal(expected, window.Check(seq, hash));
                    window.Record(seq, hash);
                    if (expected == SequenceVerdict.New)
                    {
                        model[seq] = hash;
                    }
                }
            });
}
