using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Domain.Tests.Uplink;

public sealed class CanaryRuleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly CanaryRule _rule = new(TimeSpan.FromSeconds(10), 5, s_now);

    [Fact]
    public void Idleness_MakesOneDue()
    {
        Assert.False(_rule.IsDue(5, () => false, s_now.AddSeconds(9.9)));
        Assert.True(_rule.IsDue(5, () => false, s_now.AddSeconds(10)));
    }

    [Fact]
    public void Appends_PutItOff()
    {
        _rule.IsDue(6, () => false, s_now.AddSeconds(9));

        Assert.False(_rule.IsDue(6, () => false, s_now.AddSeconds(18)));
        Assert.True(_rule.IsDue(6, () => false, s_now.AddSeconds(19)));
    }

    [Fact]
    public void WeeksOfDarkness_CostOne()
    {
        var (next, owed, appended) = (5L, false, 0);
        for (var now = s_now; now < s_now.AddDays(21); now = now.AddSeconds(30))
        {
            if (_rule.IsDue(next, () => owed, now))
            {
                (next, owed, appended) = (next + 1, true, appended + 1);
            }
        }

        Assert.Equal(1, appended);
    }
}
