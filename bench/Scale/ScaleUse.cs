namespace OutbackUptime.Bench.Scale;

/// <summary>What was used since the processes' starts; null where it is not told.</summary>
internal sealed record ScaleUse(double SiloCpuSeconds, double? StoreCpuSeconds, double? WitnessCpuSeconds, double? MessagesSent)
{
    /// <summary>Between two looks.</summary>
    public static ScaleUse operator -(ScaleUse after, ScaleUse before) => new(
        after.SiloCpuSeconds - before.SiloCpuSeconds,
        after.StoreCpuSeconds - before.StoreCpuSeconds,
        after.WitnessCpuSeconds - before.WitnessCpuSeconds,
        after.MessagesSent - before.MessagesSent);
}
