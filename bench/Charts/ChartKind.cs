namespace OutbackUptime.Bench.Charts;

/// <summary>How a chart is drawn.</summary>
internal enum ChartKind
{
    /// <summary>Points joined by lines.</summary>
    Line,

    /// <summary>Groups of bars: x is the category's index.</summary>
    Bar,

    /// <summary>Shares of a sample not above x, as steps.</summary>
    Cdf,
}
