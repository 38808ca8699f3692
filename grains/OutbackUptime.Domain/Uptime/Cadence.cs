namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// How often a hub publishes around a gap in its packets, in slots: what the gaps before and after it say, not a state of its own,
/// so that it is the same in whatever order the packets arrived.
/// </summary>
internal static class Cadence
{
    /// <summary>Gaps looked at on each side.</summary>
    public const int Reach = 6;

    /// <summary>The interval to be expected in the gap that follows <paramref name="points"/>[<paramref name="index"/>].</summary>
    /// <param name="points">Slots in which the hub was heard, ascending.</param>
    /// <param name="index">The point before the gap.</param>
    /// <param name="registered">The registry's interval in slots.</param>
    public static double Around(List<long> points, int index, double registered)
    {
        // Three gaps in a row that are alike are a habit (a hub that sleeps at night), no outage: the slowest habit near counts.
        var habit = 0.0;
        var last = Math.Min(points.Count - 2, index + Reach);
        for (var i = Math.Max(0, index - Reach); i + 2 <= last; i++)
        {
            habit = Math.Max(habit, Habit(points[i + 1] - points[i], points[i + 2] - points[i + 1], points[i + 3] - points[i + 2]));
        }

        return Math.Max(habit, Base(points, index, registered));
    }

    /// <summary>The slowest habit within a stretch of packets; 0 when there is none.</summary>
    public static double Slowest(List<long> points)
    {
        var habit = 0.0;
        for (var i = 0; i + 3 < points.Count; i++)
        {
            habit = Math.Max(habit, Habit(points[i + 1] - points[i], points[i + 2] - points[i + 1], points[i + 3] - points[i + 2]));
        }

        return habit;
    }

    /// <summary>A hub that for six packets was faster than registered is expected to go on so; a burst after a start is not enough.</summary>
    private static double Base(List<long> points, int index, double registered)
    {
        if (index < Reach)
        {
            return registered;
        }

        var slowest = 0L;
        for (var i = index - Reach; i < index; i++)
        {
            slowest = Math.Max(slowest, points[i + 1] - points[i]);
        }

        return Math.Min(registered, slowest);
    }

    private static double Habit(long a, long b, long c)
    {
        var (low, high) = (Math.Min(a, Math.Min(b, c)), Math.Max(a, Math.Max(b, c)));
        return high <= (low * 1.5) + 2 ? a + b + c - low - high : 0;
    }
}
