namespace OutbackUptime.Domain.Losses;

/// <summary>What is left of one metric over a run of packets.</summary>
/// <param name="Min">Lowest value.</param>
/// <param name="Mean">Arithmetic mean; between the lowest and the highest.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Last">Value of the latest packet that had the metric.</param>
public readonly record struct ThinnedMetric(double Min, double Mean, double Max, double Last);
