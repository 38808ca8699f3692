using CsCheck;
using OutbackUptime.Domain.Watermarks;

namespace OutbackUptime.Domain.Tests.Watermarks;

public sealed class SafeUpToTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Of_WhenNothingIsThere_KnowsNothing() => Assert.Null(SafeUpTo.Of([new Dictionary<long, ulong>(), new Dictionary<long, ulong>()], s_second));

    [Fact]
    public void Of_WhenStoresAreAlike_IsTheEndOfTheNewestBucket() =>
        Assert.Equal(At(13), SafeUpTo.Of([Store((10, 1), (12, 2)), Store((10, 1), (12, 2))], s_second));

    [Fact]
    public void Of_WhenOneLacksABucket_IsItsStart() =>
        Assert.Equal(At(11), SafeUpTo.Of([Store((10, 1), (11, 5), (12, 2)), Store((10, 1), (12, 2))], s_second));

    [Fact]
    public void Of_WhenABucketDiffers_IsItsStart() =>
        Assert.Equal(At(12), SafeUpTo.Of([Store((10, 1), (12, 2)), Store((10, 1), (12, 3))], s_second));

    [Fact]
    public void Of_NeverPassesWhatOneStoreLacks() =>
        Gen.Select(Gen.Long[0, 50].HashSet[0, 30], Gen.Long[0, 50].HashSet[0, 5]).Sample((have, lacking) =>
        {
            var whole = Store([.. have.Select(b => (b, (ulong)(b + 1)))]);
            var other = Store([.. have.Except(lacking).Select(b => (b, (ulong)(b + 1)))]);
            var missing = have.Intersect(lacking).DefaultIfEmpty(long.MaxValue).Min();
            var safe = SafeUpTo.Of([whole, other], s_second);
            Assert.Equal(missing < long.MaxValue ? At(missing) : have.Count > 0 ? At(have.Max() + 1) : null, safe);
            Assert.Equal(safe, SafeUpTo.Of([other, whole], s_second));
        });

    private static Dictionary<long, ulong> Store(params (long Bucket, ulong Digest)[] buckets) => buckets.ToDictionary(b => b.Bucket, b => b.Digest);

    private static DateTimeOffset At(long second) => DateTimeOffset.UnixEpoch.AddSeconds(second);
}
