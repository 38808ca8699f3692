namespace OutbackUptime.Bench.Statistics;

/// <summary>Jain's fairness index (Jain, Chiu, Hawe: DEC-TR-301, 1984): 1 when all have the same, 1/n when one has all.</summary>
internal static class Jain
{
    /// <summary>(Σx)² / (n·Σx²); 1 when nobody has anything.</summary>
    public static double Index(IReadOnlyCollection<double> shares)
    {
        var (sum, squares) = (shares.Sum(), shares.Sum(s => s * s));
        return squares == 0 ? 1 : sum * sum / (shares.Count * squares);
    }
}
