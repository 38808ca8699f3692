using CsCheck;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class HeldEntriesTests
{
    private static readonly Gen<HashSet<long>> s_offsets = Gen.Long[1, 60].HashSet[0, 60];

    /// <summary>Exactly the oldest offsets that some region has and some lacks, each with those that lack it.</summary>
    [Fact]
    public void Oldest_IsThatOfANaiveModel() => Gen.Select(s_offsets, s_offsets, s_offsets, s_offsets, Gen.Int[1, 30]).Sample((kept, syd, mel, except, max) =>
    {
        var expected = kept.Except(except).Where(o => syd.Contains(o) != mel.Contains(o)).Order().Take(max).Select(o => (o, syd.Contains(o) ? "mel" : "syd"));

        var found = HeldEntries.Oldest(Set(kept), new Dictionary<string, OffsetRangeSet> { ["syd"] = Set(syd), ["mel"] = Set(mel) }, Set(except), max);

        Assert.Equal(expected, found.SelectMany(f => Offsets(f.Range).Select(o => (o, Assert.Single(f.MissingIn)))));
    });

    private static OffsetRangeSet Set(IEnumerable<long> offsets) => new(offsets.Select(o => new OffsetRange(o, o)));

    private static IEnumerable<long> Offsets(OffsetRange range)
    {
        for (var o = range.First; o <= range.Last; o++)
        {
            yield return o;
        }
    }
}
