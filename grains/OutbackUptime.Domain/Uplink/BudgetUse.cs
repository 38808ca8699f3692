namespace OutbackUptime.Domain.Uplink;

/// <summary>What a link has carried in a month.</summary>
/// <param name="Month">Months since year 0, UTC: year × 12 + month - 1.</param>
/// <param name="Bytes">Bytes, both ways.</param>
public readonly record struct BudgetUse(int Month, long Bytes)
{
    /// <summary>The month of a time, UTC.</summary>
    public static int MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * 12) + time.UtcDateTime.Month - 1;
}
