namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// When a gateway appends a packet of its own, to learn whether what it is connected to still commits: after idleness, and never
/// while one is owed, so that weeks without a link cost one packet.
/// </summary>
/// <param name="idleness">Nothing appended for this long is idleness.</param>
/// <param name="nextOffset">The journal's next offset.</param>
/// <param name="now">The time, steady.</param>
public sealed class CanaryRule(TimeSpan idleness, long nextOffset, DateTimeOffset now)
{
    private long _next = nextOffset;
    private DateTimeOffset _idleSince = now;

    /// <summary>Whether one is due. To be asked often.</summary>
    /// <param name="nextOffset">The journal's next offset.</param>
    /// <param name="isOwed">Whether some region lacks the last one. Asked only after idleness.</param>
    /// <param name="now">The time, steady.</param>
    public bool IsDue(long nextOffset, Func<bool> isOwed, DateTimeOffset now)
    {
        if (nextOffset != _next)
        {
            (_next, _idleSince) = (nextOffset, now);
        }

        return now - _idleSince >= idleness && !isOwed();
    }
}
