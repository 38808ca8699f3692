namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>
/// The slope of noisy points with outliers: the median of all pairs' slopes (Theil 1950, Sen 1968), which up to 29 % wild points
/// don't move. More than 24 points are first gathered by medians of neighbours, so that the cost is bounded.
/// </summary>
internal static class Trend
{
    private const int MaxPoints = 24;

    /// <summary>The slope in y per x; NaN: fewer than four points or all at one x.</summary>
    public static double Slope(ReadOnlySpan<(double X, double Y)> points)
    {
        if (points.Length < 4)
        {
            return double.NaN;
        }

        Span<(double X, double Y)> gathered = stackalloc (double, double)[MaxPoints];
        var size = (points.Length + MaxPoints - 1) / MaxPoints;
        var count = 0;
        Span<double> values = stackalloc double[size];
        for (var i = 0; i < points.Length; i += size)
        {
            var group = points.Slice(i, Math.Min(size, points.Length - i));
            for (var k = 0; k < group.Length; k++)
            {
                values[k] = group[k].Y;
            }

            var own = values[..group.Length];
            own.Sort();
            gathered[count++] = (group[group.Length / 2].X, own[group.Length / 2]);
        }

        return MedianSlope(gathered[..count]);
    }

    private static double MedianSlope(ReadOnlySpan<(double X, double Y)> points)
    {
        Span<double> slopes = stackalloc double[MaxPoints * (MaxPoints - 1) / 2];
        var count = 0;
        for (var i = 0; i < points.Length; i++)
        {
            for (var k = i + 1; k < points.Length; k++)
            {
                var run = points[k].X - points[i].X;
                if (run > 0)
                {
                    slopes[count++] = (points[k].Y - points[i].Y) / run;
                }
            }
        }

        if (count == 0)
        {
            return double.NaN;
        }

        var all = slopes[..count];
        all.Sort();
        return all[count / 2];
    }
}
