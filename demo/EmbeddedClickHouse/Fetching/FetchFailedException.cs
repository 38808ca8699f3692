namespace OutbackUptime.EmbeddedClickHouse.Fetching;

/// <summary>A package could not be had. The message says what to do.</summary>
public sealed class FetchFailedException : Exception
{
    public FetchFailedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
