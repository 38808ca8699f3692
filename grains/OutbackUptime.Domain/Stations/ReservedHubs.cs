namespace OutbackUptime.Domain.Stations;

/// <summary>Hub ids that no real hub may have.</summary>
public static class ReservedHubs
{
    /// <summary>The gateway's own packets (its canaries), at every station.</summary>
    public const string Gateway = "gateway";

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "'gateway' is kept for the gateway's own packets; call the hub something else";

    /// <summary>Whether <paramref name="hub"/> is one.</summary>
    public static bool Contains(ReadOnlySpan<char> hub) => hub.SequenceEqual(Gateway);
}
