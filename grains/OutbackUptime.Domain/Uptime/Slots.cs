namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Evidence is kept by slots of 10 s, six to a minute, as bits: setting one twice, or in another order, changes nothing.
/// Slots, minutes and hours are counted from 1970, UTC.
/// </summary>
internal static class Slots
{
    public const int Seconds = 10;
    public const int PerMinute = 6;
    public const int PerHour = 360;

    public static long Of(DateTimeOffset time) => FloorDivide(time.ToUnixTimeSeconds(), Seconds);

    public static long MinuteOf(DateTimeOffset time) => FloorDivide(time.ToUnixTimeSeconds(), 60);

    public static long MinuteOf(long slot) => FloorDivide(slot, PerMinute);

    public static byte Bit(long slot) => (byte)(1 << (int)(slot - (MinuteOf(slot) * PerMinute)));

    /// <summary>Slots that a span takes, rounded up.</summary>
    public static long Count(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds / Seconds);

    public static DateTimeOffset Start(long slot) => DateTimeOffset.FromUnixTimeSeconds(slot * Seconds);

    public static DateTimeOffset MinuteStart(long minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60);

    public static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
