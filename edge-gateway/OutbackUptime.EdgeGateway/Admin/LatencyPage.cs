namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>Upper bounds in milliseconds and counts since the start.</summary>
internal sealed record LatencyPage(IReadOnlyList<double[]> JournalToCommitted, IReadOnlyList<double[]> JournalToSafe, IReadOnlyList<double[]> ReceivedToCommitted, IReadOnlyList<double[]> ReceivedToSafe);
