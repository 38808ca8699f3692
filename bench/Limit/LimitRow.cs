namespace OutbackUptime.Bench.Limit;

/// <summary>How fast the same rows get into the same engines without us.</summary>
/// <param name="PacketsPerSecond">Rows committed in both stores, a second.</param>
/// <param name="RowsPerInsert">Rows in an INSERT.</param>
/// <param name="Writers">Writers for each store.</param>
/// <param name="StoreMicroseconds">CPU of both stores for a packet.</param>
/// <param name="OwnMicroseconds">CPU of the writers for a packet.</param>
/// <param name="DiskRowsPerSecond">Rows a second when the same bytes only go to two files, each INSERT's fsynced.</param>
internal sealed record LimitRow(double PacketsPerSecond, int RowsPerInsert, int Writers, double StoreMicroseconds, double OwnMicroseconds, double DiskRowsPerSecond);
