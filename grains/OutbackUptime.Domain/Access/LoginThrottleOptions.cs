namespace OutbackUptime.Domain.Access;

/// <summary>How patient the door is with wrong credentials.</summary>
public sealed record LoginThrottleOptions
{
    /// <summary>Wrong answers in a row that cost nothing. Default 3: a mistyped password, or a hub that starts before its file arrives.</summary>
    public int FreeFailures { get; init; } = 3;

    /// <summary>The first lock-out; doubles with each wrong answer after it. Default 1 s.</summary>
    public TimeSpan FirstLockOut { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest lock-out. Default 1 min: a guesser behind the same router must not keep a hub out for long.</summary>
    public TimeSpan LongestLockOut { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Without a wrong answer for this long all is forgotten. Default 10 min.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most pairs of user and address remembered; beyond it the one that was wrong longest ago is forgotten. Default 1,024.</summary>
    public int MaxEntries { get; init; } = 1024;
}
