namespace OutbackUptime.EmbeddedClickHouse.Engine;

/// <summary>What a statement gave.</summary>
internal readonly record struct QueryResult(byte[] Body, ulong RowsRead, ulong BytesRead, ulong RowsWritten, ulong BytesWritten, double ElapsedSeconds);
