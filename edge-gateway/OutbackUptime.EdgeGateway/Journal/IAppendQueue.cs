namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The journal's way in for who needs no task for each packet.</summary>
internal interface IAppendQueue
{
    /// <summary>
    /// Takes packets in; whoever gave them is called back after the fsync, or when the commit failed, never before (I1). Waits while
    /// too many are under way. Those of one caller are committed in the order of its calls.
    /// </summary>
    ValueTask OfferAsync(PendingAppend pending);
}
