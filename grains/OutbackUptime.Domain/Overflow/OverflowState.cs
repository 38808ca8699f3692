namespace OutbackUptime.Domain.Overflow;

/// <summary>What the policy must know to choose its next step.</summary>
/// <param name="UsedBytes">Bytes in use.</param>
/// <param name="OldestAge">Age of the oldest packet that could still be given up; zero: there is none.</param>
/// <param name="HeldPackets">Whether there is a packet that one region has and another lacks.</param>
/// <param name="HeldOthers">Whether there is a quarantined or thinned entry that one region has and another lacks.</param>
/// <param name="Thinnable">Whether there may be packets that no region has, old enough to be thinned.</param>
public readonly record struct OverflowState(long UsedBytes, TimeSpan OldestAge, bool HeldPackets, bool HeldOthers, bool Thinnable);
