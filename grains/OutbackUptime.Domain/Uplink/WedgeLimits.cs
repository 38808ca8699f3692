namespace OutbackUptime.Domain.Uplink;

/// <summary>How long a connection may move nothing.</summary>
public sealed record WedgeLimits
{
    /// <summary>Frames in flight and not one receipt for this long is a wedge; on a slow link four times the usual answer. Default 3 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The most that <see cref="Silence"/> grows to on a slow link. Default 10 s.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Something owed and nothing committed for this long is a wedge. Default 15 s.</summary>
    public TimeSpan Standstill { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most that either grows to while one connection after the other is wedged. Default 60 s.</summary>
    public TimeSpan LongestPatience { get; init; } = TimeSpan.FromSeconds(60);
}
