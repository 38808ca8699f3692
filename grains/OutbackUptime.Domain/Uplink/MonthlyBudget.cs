namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// Makes a metered link's bytes last for the calendar month (UTC). They accrue evenly, with one day in advance; backlog may go while
/// less was used than has accrued. Live packets always go, and count: where they alone use it up, backlog waits.
/// </summary>
/// <remarks>
/// Pure: the time is an argument, and may be wrong. A clock that was never set (before 2020), or lags into the month before, begins
/// no month; one that goes back further takes what was used along.
/// </remarks>
/// <param name="bytes">Bytes a month, both ways.</param>
/// <param name="use">What was used before the start.</param>
public sealed class MonthlyBudget(long bytes, BudgetUse use)
{
    private const int FirstTrustedYear = 2020;
    private static readonly TimeSpan s_advance = TimeSpan.FromDays(1);

    /// <summary>What was used.</summary>
    public BudgetUse Use { get; private set; } = use;

    /// <summary>The link has carried so many bytes more.</summary>
    public void OnUsed(long more, DateTimeOffset now) => Use = Current(now) with { Bytes = Current(now).Bytes + more };

    /// <summary>Whether backlog may go now.</summary>
    public bool AllowsBacklog(DateTimeOffset now) => Current(now).Bytes < Accrued(now);

    /// <summary>What may have been used by now, in bytes.</summary>
    public long Accrued(DateTimeOffset now)
    {
        var start = new DateTime(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        var share = (now.UtcDateTime - start + s_advance) / (start.AddMonths(1) - start);
        return (long)(bytes * Math.Min(1, share));
    }

    private BudgetUse Current(DateTimeOffset now)
    {
        var month = BudgetUse.MonthOf(now);
        return now.UtcDateTime.Year < FirstTrustedYear || month == Use.Month || month == Use.Month - 1 ? Use
            : month > Use.Month ? new BudgetUse(month, 0)
            : Use with { Month = month };
    }
}
