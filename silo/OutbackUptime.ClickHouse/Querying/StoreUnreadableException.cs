namespace OutbackUptime.ClickHouse.Querying;

/// <summary>A store gave no answer.</summary>
public sealed class StoreUnreadableException : Exception
{
    /// <summary>With its region and what went wrong.</summary>
    public StoreUnreadableException(string region, string message, Exception? innerException = null)
        : base($"store {region}: {message}", innerException) => Region = region;

    /// <summary>The region.</summary>
    public string Region { get; }
}
