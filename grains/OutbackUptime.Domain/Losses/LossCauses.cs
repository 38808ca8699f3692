namespace OutbackUptime.Domain.Losses;

/// <summary>The causes' names as the journal, the wire and the stores have them.</summary>
public static class LossCauses
{
    /// <summary>The name, e.g. `evicted`.</summary>
    public static string NameOf(LossCause cause) => cause switch
    {
        LossCause.Damaged => "damaged",
        LossCause.Evicted => "evicted",
        LossCause.Thinned => "thinned",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    /// <summary>The cause of a name; null when there is none.</summary>
    public static LossCause? Find(string? name) => name switch
    {
        "damaged" => LossCause.Damaged,
        "evicted" => LossCause.Evicted,
        "thinned" => LossCause.Thinned,
        _ => null,
    };
}
