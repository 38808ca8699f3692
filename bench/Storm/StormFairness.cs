namespace OutbackUptime.Bench.Storm;

/// <summary>How evenly gateways are served.</summary>
/// <param name="JainInTheMiddle">Jain's index over what each had drained when half of all was.</param>
/// <param name="FastestSeconds">First gateway whose backlog was in both stores.</param>
/// <param name="MedianSeconds">The middle one.</param>
/// <param name="SlowestSeconds">The last one.</param>
internal sealed record StormFairness(double? JainInTheMiddle, double? FastestSeconds, double? MedianSeconds, double? SlowestSeconds);
