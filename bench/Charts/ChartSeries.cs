namespace OutbackUptime.Bench.Charts;

/// <summary>A named series of a chart.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>The empirical distribution of values: (value, share of them not above it).</summary>
    public static ChartSeries Distribution(string name, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new ChartSeries(name, [.. sorted.Select((v, i) => new ChartPoint(v, (i + 1.0) / sorted.Length))]);
    }
}
