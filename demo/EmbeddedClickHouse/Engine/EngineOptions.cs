namespace OutbackUptime.EmbeddedClickHouse.Engine;

/// <summary>How the engine is opened.</summary>
/// <param name="LibraryPath">libchdb.so.</param>
/// <param name="DataDirectory">One engine process per directory.</param>
/// <param name="Connections">Statements that may run at once.</param>
/// <param name="MaxWaiting">Statements that may wait for a connection; one more is refused.</param>
/// <param name="MemoryLimitBytes">The engine refuses statements (code 241) rather than pass it.</param>
internal sealed record EngineOptions(string LibraryPath, string DataDirectory, int Connections, int MaxWaiting, long MemoryLimitBytes);
