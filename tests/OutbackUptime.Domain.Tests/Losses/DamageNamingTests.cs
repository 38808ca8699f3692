using CsCheck;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Tests.Losses;

public sealed class DamageNamingTests
{
    private static readonly Gen<OffsetRangeSet> s_set =
        Gen.Select(Gen.Long[1, 60], Gen.Long[0, 12], (first, length) => new OffsetRange(first, first + length)).List[0, 6].Select(r => new OffsetRangeSet(r));

    [Fact]
    public void AnyLoss_IsNamedOnceForEachRegionThatLacksIt() => Gen.Select(s_set, s_set, s_set, Gen.Long[1, 70].HashSet[0, 40]).Sample((lost, syd, mel, known) =>
    {
        var packets = known.Select(o => new KnownPacket(o, $"hub-{o % 3}", o / 20, o)).ToArray();

        var records = DamageNaming.Name(lost.Ranges, packets, new Dictionary<string, OffsetRangeSet> { ["syd"] = syd, ["mel"] = mel }, "why");

        var owed = lost.Ranges.SelectMany(Numbers).Where(o => !syd.Contains(o) || !mel.Contains(o)).ToArray();
        return records.Sum(r => r.Packets) == owed.Length
            && owed.All(o => records.Any(r => r.FirstOffset <= o && o <= r.LastOffset && r.MissingIn.Contains("syd") == !syd.Contains(o) && r.MissingIn.Contains("mel") == !mel.Contains(o)))
            && records.All(r => r.Packets <= r.LastOffset - r.FirstOffset + 1 && r.MissingIn.Count > 0)
            && records.Where(r => r.Hub.Length > 0).Sum(r => r.Packets) == owed.Count(known.Contains);
    });

    [Fact]
    public void Name_OfKnownPackets_SaysHubBootAndSeqs()
    {
        KnownPacket[] known = [new(11, "bore-01", 7, 100), new(12, "bore-01", 7, 101), new(13, "bore-02", 1, 5)];

        var records = DamageNaming.Name([new OffsetRange(10, 13)], known, new Dictionary<string, OffsetRangeSet> { ["syd"] = new() }, "why");

        Assert.Equal(
            [("bore-01", 7, 100, 101, 2), ("bore-02", 1, 5, 5, 1), ("", 0, 0, 0, 1)],
            records.Select(r => (r.Hub, r.Boot, r.FirstSeq, r.LastSeq, r.Packets)));
    }

    [Fact]
    public void Name_OfMoreThanCanBeNamed_NamesTheRestInOne()
    {
        var lost = Enumerable.Range(1, 2000).Select(i => new OffsetRange(i * 2L, i * 2L)).ToArray();

        var records = DamageNaming.Name(lost, [], new Dictionary<string, OffsetRangeSet> { ["syd"] = new() }, "why");

        Assert.Equal(DamageNaming.MaxRecords + 1, records.Count);
        Assert.Equal(2000, records.Sum(r => r.Packets));
        Assert.Equal(4000, records[^1].LastOffset);
    }

    private static IEnumerable<long> Numbers(OffsetRange range)
    {
        for (var n = range.First; n <= range.Last; n++)
        {
            yield return n;
        }
    }
}
