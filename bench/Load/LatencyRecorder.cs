using System.Numerics;

namespace OutbackUptime.Bench.Load;

/// <summary>
/// Counts latencies in buckets whose width is at most 1/64 of their value (the log-linear layout of HdrHistogram), from 1 µs to
/// over an hour. Recording allocates nothing. Not thread-safe: one a thread, merged afterwards.
/// </summary>
internal sealed class LatencyRecorder
{
    private const int SubBits = 6;
    private readonly long[] _counts = new long[(34 - SubBits) << SubBits];

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in microseconds.</summary>
    public long MaxMicroseconds { get; private set; }

    public void Record(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        _counts[Math.Min(Bucket(microseconds), _counts.Length - 1)]++;
        Count++;
        MaxMicroseconds = Math.Max(MaxMicroseconds, microseconds);
    }

    public void Add(LatencyRecorder other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        MaxMicroseconds = Math.Max(MaxMicroseconds, other.MaxMicroseconds);
    }

    /// <summary>The upper end of the bucket that holds the quantile, in milliseconds; null when nothing was recorded.</summary>
    public double? QuantileMs(double quantile)
    {
        if (Count == 0)
        {
            return null;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(Count * quantile));
        var bucket = 0;
        for (var seen = _counts[0]; seen < wanted; seen += _counts[bucket])
        {
            bucket++;
        }

        return Math.Min(UpperEnd(bucket), MaxMicroseconds) / 1000.0;
    }

    /// <summary>Values below 128 have a bucket each; above, each power of two has 64.</summary>
    private static int Bucket(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static long UpperEnd(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBits) - 1);
        var mantissa = bucket - (shift << SubBits);
        return ((mantissa + 1L) << shift) - 1;
    }
}
