using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Domain.Tests.Uplink;

public sealed class MonthlyBudgetTests
{
    private const long Gigabyte = 1_000_000_000;
    private static readonly DateTimeOffset s_november = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MonthlyBudget _budget = new(3 * Gigabyte, default);

    [Fact]
    public void FirstOfTheMonth_HasADayInAdvance()
    {
        Assert.Equal(Gigabyte / 10, _budget.Accrued(s_november));
        Assert.True(_budget.AllowsBacklog(s_november));
        _budget.OnUsed(Gigabyte / 10, s_november);
        Assert.False(_budget.AllowsBacklog(s_november));
        Assert.True(_budget.AllowsBacklog(s_november.AddMinutes(1)));
    }

    [Fact]
    public void WhatWasSaved_MayBeUsedAtOnce()
    {
        var late = s_november.AddDays(20);
        _budget.OnUsed(2 * Gigabyte, late);

        Assert.True(_budget.AllowsBacklog(late));
    }

    [Fact]
    public void BacklogAllMonth_LastsAllMonth()
    {
        // A quarter of a megabyte whenever it is allowed, beside 500 bytes/s of live packets, which always go.
        for (var now = s_november; now < s_november.AddDays(30); now = now.AddMinutes(5))
        {
            _budget.OnUsed(500 * 300, now);
            while (_budget.AllowsBacklog(now))
            {
                _budget.OnUsed(250_000, now);
            }
        }

        Assert.InRange(_budget.Use.Bytes, 3 * Gigabyte - 1_000_000, 3 * Gigabyte + 1_000_000 + (500 * 86_400));
    }

    [Fact]
    public void NewMonth_BeginsAnew()
    {
        _budget.OnUsed(5 * Gigabyte, s_november);

        Assert.False(_budget.AllowsBacklog(s_november.AddDays(29)));
        Assert.True(_budget.AllowsBacklog(s_november.AddDays(30)));
    }

    [Fact]
    public void UseSurvivesARestart()
    {
        _budget.OnUsed(Gigabyte, s_november);

        Assert.False(new MonthlyBudget(3 * Gigabyte, _budget.Use).AllowsBacklog(s_november.AddDays(1)));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:20Z")] // a clock that was never set
    [InlineData("2026-10-31T23:59:00Z")] // one that lags
    [InlineData("2026-08-01T00:00:00Z")] // one that went back
    public void WrongClock_ForgetsNothing(string wrong)
    {
        _budget.OnUsed(5 * Gigabyte, s_november);

        _budget.OnUsed(1, DateTimeOffset.Parse(wrong, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((5 * Gigabyte) + 1, _budget.Use.Bytes);
    }

    [Fact]
    public void NeverSetClock_ThenTheRightOne_IsTheSameMonth()
    {
        _budget.OnUsed(5 * Gigabyte, s_november);
        _budget.OnUsed(1, DateTimeOffset.UnixEpoch);

        Assert.False(_budget.AllowsBacklog(s_november.AddDays(2)));
    }
}
