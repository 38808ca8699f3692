namespace OutbackUptime.Domain.Regions;

/// <summary>
/// When a gateway that is away tries home again. A trial is a whole connection, and when a region comes back all its gateways try it:
/// they must not do so in step, nor ever more often the worse it answers.
/// </summary>
/// <param name="interval">Between two trials while home is well.</param>
/// <param name="longest">What it grows to while it is not, doubling from trial to trial.</param>
/// <param name="random">Spreads them: each wait is 0.75 to 1.25 times as long.</param>
public sealed class HomeProbePace(TimeSpan interval, TimeSpan longest, Random random)
{
    private const int MostDoublings = 20;
    private int _failures;

    /// <summary>How long to wait before the next trial.</summary>
    public TimeSpan Next()
    {
        var grown = interval * (1 << _failures);
        var wait = grown < longest ? grown : longest < interval ? interval : longest;
        return wait * (0.75 + (random.NextDouble() / 2));
    }

    /// <summary>How the last one went.</summary>
    public void OnProbe(bool healthy) => _failures = healthy ? 0 : Math.Min(_failures + 1, MostDoublings);
}
