namespace OutbackUptime.Domain.Losses;

/// <summary>
/// What the overflow policy left of a run of one hub's packets. It names by itself which packets it stands for (no
/// <see cref="LossRecord"/> goes with it): no store gets them as they were, but for those already on their way.
/// </summary>
/// <param name="Hub">Their hub.</param>
/// <param name="Boot">Their boot.</param>
/// <param name="FirstSeq">Lowest seq.</param>
/// <param name="LastSeq">Highest seq.</param>
/// <param name="Packets">How many; fewer than the range is long when seqs between them are not meant.</param>
/// <param name="Bucket">Start (UTC) of the quarter of an hour that their event times lie in. A quarter may have more than one row.</param>
/// <param name="Metrics">By name; 1 to 64.</param>
public sealed record ThinnedRow(
    string Hub,
    long Boot,
    long FirstSeq,
    long LastSeq,
    long Packets,
    DateTimeOffset Bucket,
    IReadOnlyDictionary<string, ThinnedMetric> Metrics)
{
    /// <summary>How long a bucket is.</summary>
    public static readonly TimeSpan BucketLength = TimeSpan.FromMinutes(15);

    /// <summary>The bucket of a time.</summary>
    public static DateTimeOffset BucketOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % BucketLength.Ticks), TimeSpan.Zero);
}
