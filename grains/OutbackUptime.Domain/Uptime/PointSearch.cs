using System.Numerics;

namespace OutbackUptime.Domain.Uptime;

/// <summary>Finds the next or the last slot that has a bit, skipping what is empty.</summary>
internal static class PointSearch
{
    public delegate byte Mask<T>(in T minute);

    /// <summary>The last slot at or before <paramref name="slot"/>, not before <paramref name="first"/>, whose bit is set.</summary>
    public static long? Before<T>(MinuteBook<T> book, Mask<T> mask, long slot, long first)
        where T : struct
    {
        var minute = Slots.MinuteOf(slot);
        var firstMinute = Slots.MinuteOf(first);
        var allowed = (1 << (int)(slot - (minute * Slots.PerMinute) + 1)) - 1;
        while (minute >= firstMinute)
        {
            if (!book.HasPage(minute))
            {
                minute = (Slots.FloorDivide(minute, 60) * 60) - 1;
                allowed = 63;
                continue;
            }

            var bits = (uint)(mask(in book.Read(minute)) & allowed);
            if (bits != 0)
            {
                var found = (minute * Slots.PerMinute) + BitOperations.Log2(bits);
                return found >= first ? found : null;
            }

            minute--;
            allowed = 63;
        }

        return null;
    }

    /// <summary>The first slot at or after <paramref name="slot"/>, before <paramref name="end"/>, whose bit is set.</summary>
    public static long? After<T>(MinuteBook<T> book, Mask<T> mask, long slot, long end)
        where T : struct
    {
        var minute = Slots.MinuteOf(slot);
        var allowed = 63 & ~((1 << (int)(slot - (minute * Slots.PerMinute))) - 1);
        while (minute * Slots.PerMinute < end)
        {
            if (!book.HasPage(minute))
            {
                minute = (Slots.FloorDivide(minute, 60) + 1) * 60;
                allowed = 63;
                continue;
            }

            var bits = (uint)(mask(in book.Read(minute)) & allowed);
            if (bits != 0)
            {
                var found = (minute * Slots.PerMinute) + BitOperations.TrailingZeroCount(bits);
                return found < end ? found : null;
            }

            minute++;
            allowed = 63;
        }

        return null;
    }
}
