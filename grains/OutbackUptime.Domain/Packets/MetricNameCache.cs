using System.Collections.Concurrent;

namespace OutbackUptime.Domain.Packets;

/// <summary>
/// Names of metrics that were found valid, so that the same few names of all packets are one string each. Bounded: beyond it a name is
/// a new string each time, as without a cache. Thread-safe.
/// </summary>
internal static class MetricNameCache
{
    private const int MaxNames = 4096;
    private static readonly ConcurrentDictionary<string, string> s_names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_bySpan = s_names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int s_count;

    /// <summary>Finds a name by its ASCII; null where it is not known.</summary>
    public static string? Find(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > PacketParser.MaxMetricNameLength)
        {
            return null;
        }

        Span<char> text = stackalloc char[PacketParser.MaxMetricNameLength];
        for (var i = 0; i < ascii.Length; i++)
        {
            // A byte of a longer UTF-8 sequence becomes a character that no valid name has.
            text[i] = (char)ascii[i];
        }

        return s_bySpan.TryGetValue(text[..ascii.Length], out var name) ? name : null;
    }

    /// <summary>Keeps a valid name.</summary>
    public static void Keep(string name)
    {
        if (Volatile.Read(ref s_count) < MaxNames && s_names.TryAdd(name, name))
        {
            Interlocked.Increment(ref s_count);
        }
    }
}
