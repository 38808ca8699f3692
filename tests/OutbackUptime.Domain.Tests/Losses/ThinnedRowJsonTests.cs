using System.Text;
using CsCheck;
using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Domain.Tests.Losses;

public sealed class ThinnedRowJsonTests
{
    private static readonly ThinnedRow s_row = new(
        "bore-01", 7, 3, 40, 31, ThinnedRow.BucketOf(new DateTimeOffset(2026, 11, 23, 1, 29, 59, TimeSpan.Zero)), new Dictionary<string, ThinnedMetric> { ["a"] = new(1, 2, 3, 2.5) });

    [Fact]
    public void Bucket_IsTheQuarterOfAnHourUtc() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 15, 0, TimeSpan.Zero), ThinnedRow.BucketOf(new DateTimeOffset(2026, 11, 23, 10, 59, 59, TimeSpan.FromHours(9.5))));

    [Fact]
    public void Write_Read_GivesTheSameToTheBit()
    {
        var finite = Gen.Double.Where(double.IsFinite);
        Gen.Select(finite, finite, finite, finite).Sample((a, b, c, d) =>
        {
            double[] values = [a, b, c, d];
            Array.Sort(values);
            var row = s_row with { Metrics = new Dictionary<string, ThinnedMetric> { ["v"] = new(values[0], values[1], values[3], values[2]) } };
            Assert.True(ThinnedRowJson.TryRead(ThinnedRowJson.Write(row), out var read));
            Assert.Equal(row with { Metrics = s_row.Metrics }, read with { Metrics = s_row.Metrics });
            Assert.Equal(row.Metrics["v"], read.Metrics["v"]);
        });
    }

    [Fact]
    public void TryRead_OfWhatCantBeTrue_IsFalse()
    {
        ThinnedRow[] wrong =
        [
            s_row with { Hub = "" }, s_row with { Boot = -1 }, s_row with { LastSeq = 1 }, s_row with { Packets = 0 }, s_row with { Bucket = s_row.Bucket.AddMinutes(1) },
            s_row with { Metrics = new Dictionary<string, ThinnedMetric>() },
            s_row with { Metrics = new Dictionary<string, ThinnedMetric> { ["a"] = new(1, 4, 3, 2) } },
            s_row with { Metrics = new Dictionary<string, ThinnedMetric> { [new string('a', 65)] = new(1, 2, 3, 2) } },
            s_row with { Metrics = Enumerable.Range(0, 65).ToDictionary(i => $"m{i}", _ => new ThinnedMetric(1, 2, 3, 2)) },
        ];

        Assert.True(ThinnedRowJson.TryRead(ThinnedRowJson.Write(s_row), out _));
        Assert.All(wrong, r => Assert.False(ThinnedRowJson.TryRead(ThinnedRowJson.Write(r), out _), r.ToString()));
        Assert.False(ThinnedRowJson.TryRead(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ThinnedRowJson.Write(s_row)).Replace("[1,2,3,2.5]", "[1,2,3]", StringComparison.Ordinal)), out _));
    }
}
