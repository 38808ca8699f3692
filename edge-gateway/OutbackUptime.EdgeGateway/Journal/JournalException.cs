namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The journal could not be opened or written; the message says why.</summary>
public sealed class JournalException : Exception
{
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="inner">SQLite's error.</param>
    public JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
