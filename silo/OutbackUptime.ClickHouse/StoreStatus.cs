namespace OutbackUptime.ClickHouse;

/// <summary>A store as this silo sees it, for people.</summary>
/// <param name="Region">The region.</param>
/// <param name="Available">False while the breaker is open.</param>
/// <param name="QueuedRows">Rows that wait.</param>
/// <param name="InsertedRows">Rows committed since start.</param>
/// <param name="Inserts">INSERTs that committed since start.</param>
/// <param name="Failures">INSERTs that failed since start.</param>
public sealed record StoreStatus(string Region, bool Available, long QueuedRows, long InsertedRows, long Inserts, long Failures);
