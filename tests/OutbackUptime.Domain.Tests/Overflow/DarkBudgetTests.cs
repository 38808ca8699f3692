using OutbackUptime.Domain.Overflow;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class DarkBudgetTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void DaysLeft_IsNotToldBeforeThereIsARate()
    {
        var budget = new DarkBudget(60);
        Assert.Null(budget.DaysLeft(s_start, 1000, 0, 0));
        budget.OnAppended(s_start, 1, 100);

        Assert.Null(budget.DaysLeft(s_start.AddMinutes(4), 1000, 0, 0));
        Assert.NotNull(budget.DaysLeft(s_start.AddMinutes(6), 1000, 0, 0));
    }

    [Fact]
    public void DaysLeft_OfASteadyRate_IsWhatOnePencilsOut()
    {
        var budget = new DarkBudget(60);
        var now = Run(budget, s_start, TimeSpan.FromDays(3), perMinute: 200);

        // 288,000 a day of 340 + 60 bytes; then as large as the journal says.
        Assert.Equal(288_000, budget.EntriesPerDay(now)!.Value, 6_000d);
        Assert.Equal(10, budget.DaysLeft(now, 288_000L * 400 * 10, 0, 0)!.Value, 0.3);
        Assert.Equal(8, budget.DaysLeft(now, 288_000L * 400 * 10, 500 * 5_000, 5_000)!.Value, 0.3);
    }

    [Fact]
    public void DaysLeft_FollowsTheRateWithinADay_AndHoldsADayOnly()
    {
        var budget = new DarkBudget(60);
        var now = Run(budget, s_start, TimeSpan.FromDays(5), perMinute: 200);
        now = Run(budget, now, TimeSpan.FromHours(25), perMinute: 400);

        Assert.Equal(576_000, budget.EntriesPerDay(now)!.Value, 12_000d);
        Assert.InRange(budget.Counts.Count, 24, 25);
    }

    [Fact]
    public void DaysLeft_AfterARestart_GoesOnFromTheHoursKept()
    {
        var budget = new DarkBudget(60);
        List<HourCount> kept = [];
        var now = s_start;
        for (var i = 0; i < 600; i++)
        {
            if (budget.OnAppended(now, 100, 34_000) is { } closed)
            {
                kept.Add(closed);
            }

            now = now.AddMinutes(1);
        }

        var next = new DarkBudget(60);
        next.Restore(kept, now);

        Assert.Equal(9, kept.Count);
        Assert.Equal(budget.EntriesPerDay(now)!.Value, next.EntriesPerDay(now)!.Value, 15_000d);
    }

    [Fact]
    public void DaysLeft_WhenNothingComesIn_HasNoLimit_AndWhenFullIsZero()
    {
        var budget = new DarkBudget(60);
        budget.OnAppended(s_start, 10, 1000);

        Assert.Equal(double.PositiveInfinity, budget.DaysLeft(s_start.AddDays(3), 1000, 0, 0));
        Assert.Equal(0, budget.DaysLeft(s_start.AddHours(1), -5, 0, 0));
    }

    [Fact]
    public void AClockThatIsSetBack_LeavesNoHourAhead()
    {
        var budget = new DarkBudget(60);
        Run(budget, s_start.AddYears(10), TimeSpan.FromHours(3), 100);
        var now = Run(budget, s_start, TimeSpan.FromHours(3), 200);

        Assert.Equal(288_000, budget.EntriesPerDay(now)!.Value, 6_000d);
    }

    private static DateTimeOffset Run(DarkBudget budget, DateTimeOffset now, TimeSpan time, long perMinute)
    {
        for (var end = now + time; now < end; now = now.AddMinutes(1))
        {
            budget.OnAppended(now, perMinute, perMinute * 340);
        }

        return now;
    }
}
