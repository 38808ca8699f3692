namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// How long a connection may take to come up. Starts short, so that a dead region is left soon; doubles with each that takes too
/// long, so that a slow link (TCP, TLS and Hello are four round trips) gets through; and learns from those that come up.
/// </summary>
public sealed class ConnectPatience
{
    private const int UsualWelcomes = 3;

    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;

    /// <param name="first">The shortest.</param>
    /// <param name="longest">The longest; not below <paramref name="first"/>, else that counts.</param>
    public ConnectPatience(TimeSpan first, TimeSpan longest) => (_first, _longest, Limit) = (first, longest > first ? longest : first, first);

    /// <summary>How long the next one may take.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>One was welcomed after <paramref name="took"/>.</summary>
    public void OnWelcome(TimeSpan took) => Set(UsualWelcomes * took);

    /// <summary>One took too long.</summary>
    public void OnTimeout() => Set(2 * Limit);

    private void Set(TimeSpan limit) => Limit = limit < _first ? _first : limit > _longest ? _longest : limit;
}
