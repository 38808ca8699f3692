namespace OutbackUptime.Domain.Watermarks;

/// <summary>
/// Up to when several stores hold the same packets: compares digests of their keys, bucket by bucket of the gateway's receipt time.
/// A bucket that one store lacks differs from one that another has.
/// </summary>
public static class SafeUpTo
{
    /// <summary>Start of the first bucket in which the stores differ; null when they are alike.</summary>
    /// <param name="stores">Per store: digest of the keys by bucket (buckets count from 1970).</param>
    /// <param name="bucket">Length of a bucket.</param>
    public static DateTimeOffset? FirstDifference(IReadOnlyList<IReadOnlyDictionary<long, ulong>> stores, TimeSpan bucket)
    {
        var differing = stores.SelectMany(s => s.Keys).Distinct().Where(b => !AllAlike(stores, b)).DefaultIfEmpty(long.MaxValue).Min();
        return differing == long.MaxValue ? null : DateTimeOffset.UnixEpoch + (bucket * differing);
    }

    /// <summary>
    /// Start of the first bucket in which the stores differ; when they are alike, the end of the newest bucket; null when no store has
    /// anything.
    /// </summary>
    /// <param name="stores">Per store: digest of the keys by bucket (buckets count from 1970).</param>
    /// <param name="bucket">Length of a bucket.</param>
    public static DateTimeOffset? Of(IReadOnlyList<IReadOnlyDictionary<long, ulong>> stores, TimeSpan bucket) =>
        FirstDifference(stores, bucket) is { } difference ? difference
        : stores.SelectMany(s => s.Keys).DefaultIfEmpty(-1).Max() is >= 0 and var newest ? DateTimeOffset.UnixEpoch + (bucket * (newest + 1))
        : null;

    private static bool AllAlike(IReadOnlyList<IReadOnlyDictionary<long, ulong>> stores, long bucket)
    {
        foreach (var store in stores)
        {
            if (!store.TryGetValue(bucket, out var digest) || digest != stores[0].GetValueOrDefault(bucket))
            {
                return false;
            }
        }

        return true;
    }
}
