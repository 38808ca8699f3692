namespace OutbackUptime.Domain.Boots;

/// <summary>
/// Numbers for boots that the gateway assigns: Unix ms × 1000 plus a random part. Above all that hubs may send (10^15),
/// below 2^53, rising, and not repeated by a gateway whose card was swapped.
/// </summary>
public static class BootNumbers
{
    // A gateway without a real-time clock starts in 1970. It keeps rising from 2026 then.
    private static readonly long EarliestMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long LatestMs = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The boot to assign after <paramref name="lastAssigned"/> (0: none yet).</summary>
    public static long Next(long lastAssigned, DateTimeOffset now, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var ms = Math.Clamp(now.ToUnixTimeMilliseconds(), EarliestMs, LatestMs);
        return Math.Max(lastAssigned + 1, (ms * 1000) + random.Next(1000));
    }
}
