namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>A move from one region to another.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="From">The region that was left.</param>
/// <param name="To">The region that was gone to.</param>
/// <param name="Reason">For people.</param>
/// <param name="FirstReceiptAt">First receipt with a commit through the new region; null until then.</param>
public sealed record RegionSwitch(DateTimeOffset At, string From, string To, string Reason, DateTimeOffset? FirstReceiptAt);
