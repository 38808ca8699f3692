namespace OutbackUptime.Domain.Losses;

/// <summary>Why acknowledged packets are not, or not as they were sent, in a store. The names are on disk and in the stores: never rename or reuse one.</summary>
public enum LossCause
{
    /// <summary>The journal's bytes could not be read back: a damaged card.</summary>
    Damaged = 1,

    /// <summary>Dropped by the overflow policy while only one region had them.</summary>
    Evicted = 2,

    /// <summary>Replaced by a thinned row (minimum, mean, maximum, last of a quarter of an hour) by the overflow policy.</summary>
    Thinned = 3,
}
