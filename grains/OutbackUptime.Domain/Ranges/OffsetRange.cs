namespace OutbackUptime.Domain.Ranges;

/// <summary>The journal offsets <paramref name="First"/> to <paramref name="Last"/>, both inclusive.</summary>
public readonly record struct OffsetRange(long First, long Last)
{
    /// <summary>How many offsets the range holds.</summary>
    public long Count => Last - First + 1;
}
