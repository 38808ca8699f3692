namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>A region as this gateway sees it.</summary>
internal sealed record RegionStatus(long CommittedThrough, long Committed, long Missing, bool StoreAvailable);
