namespace OutbackUptime.Domain.Overflow;

/// <summary>
/// The declared overflow policy. From the high to the low water mark it gives up, in this order: packets that one region has
/// already, other entries that one region has already, and then the detail of packets that none has. Only at the quota itself
/// are packets refused. Loss records are never given up. So no only copy is touched while there is a second one to spare.
/// </summary>
/// <param name="limits">When.</param>
public sealed class OverflowPolicy(OverflowLimits limits)
{
    /// <summary>When it begins and stops.</summary>
    public OverflowLimits Limits { get; } = limits;

    /// <summary>Between the water marks, on the way down in bytes.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Between the ages, on the way down in age.</summary>
    public bool IsOld { get; private set; }

    /// <summary>Whether the journal takes no more packets.</summary>
    public bool Refuses(long usedBytes) => usedBytes >= Limits.MaxBytes;

    /// <summary>Takes note of how full and how old the journal is. Returns whether something should be given up.</summary>
    public bool Observe(long usedBytes, TimeSpan oldestAge)
    {
        IsFull = usedBytes >= (IsFull ? Limits.LowBytes + 1 : Limits.HighBytes);
        IsOld = Limits.MaxAge > TimeSpan.Zero && oldestAge > (IsOld ? Limits.LowAge : Limits.MaxAge);
        return IsFull || IsOld;
    }

    /// <summary>The next step.</summary>
    public OverflowStep Next(OverflowState state) =>
        !Observe(state.UsedBytes, state.OldestAge) ? OverflowStep.None
        : state.HeldPackets ? OverflowStep.DropHeldPackets
        : state.HeldOthers ? OverflowStep.DropHeldOthers
        : state.Thinnable ? OverflowStep.Thin
        : OverflowStep.None;
}
