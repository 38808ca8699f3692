namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The journal's file is not what was written to it. The journal answers it by salvaging the file; nobody else sees it.</summary>
internal sealed class JournalDamagedException(string message, Exception? inner = null) : Exception(message, inner);
