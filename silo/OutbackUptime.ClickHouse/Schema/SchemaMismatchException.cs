namespace OutbackUptime.ClickHouse.Schema;

/// <summary>A store's schema was made by other files than these.</summary>
public sealed class SchemaMismatchException : Exception
{
    /// <param name="message">Which step differs, and what to do.</param>
    public SchemaMismatchException(string message)
        : base(message)
    {
    }
}
