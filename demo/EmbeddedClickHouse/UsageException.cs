namespace OutbackUptime.EmbeddedClickHouse;

/// <summary>The command line says something that can't be done.</summary>
internal sealed class UsageException(string message) : Exception(message + "\nTry --help.");
