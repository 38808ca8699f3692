namespace OutbackUptime.Bench.Charts;

/// <summary>What a chart shows.</summary>
/// <param name="Kind">How.</param>
/// <param name="Title">Above it.</param>
/// <param name="XLabel">Under the x axis, with its unit.</param>
/// <param name="YLabel">Beside the y axis, with its unit.</param>
/// <param name="Series">At most <see cref="SvgChart.MostSeries"/>.</param>
internal sealed record Chart(ChartKind Kind, string Title, string XLabel, string YLabel, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Names of the bars' groups, in order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>A value of y to draw a dashed line at (x for a CDF): the target.</summary>
    public double? Target { get; init; }
}
