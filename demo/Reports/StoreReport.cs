namespace OutbackUptime.Demo.Reports;

/// <summary>A store in the report.</summary>
internal sealed record StoreReport(long Rows, long Missing, long Duplicates, long Altered);
