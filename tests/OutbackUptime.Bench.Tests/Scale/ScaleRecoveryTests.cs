using OutbackUptime.Bench.Scale;

namespace OutbackUptime.Bench.Tests.Scale;

public sealed class ScaleRecoveryTests
{
    [Fact]
    public void Of_WhenSomeDidNotComeBack_CountsThem() => Assert.Equal(new ScaleRecovery(4, 1, 1, 2, 3, 3), ScaleRecovery.Of([3, null, 1, 2]));

    [Fact]
    public void Of_WhenNoneCameBack_IsNull() => Assert.Null(ScaleRecovery.Of([null]));
}
