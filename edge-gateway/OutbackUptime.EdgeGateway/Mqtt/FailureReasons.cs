namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Why packets could not be taken (label `reason` of `ingest_errors`).</summary>
internal static class FailureReasons
{
    /// <summary>The journal is full, and its policy may give up nothing more.</summary>
    public const string QuotaExceeded = "quota-exceeded";

    /// <summary>The journal's disk is full, read-only or failing.</summary>
    public const string JournalFailed = "journal-failed";
}
