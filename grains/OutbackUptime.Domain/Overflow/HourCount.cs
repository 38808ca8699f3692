namespace OutbackUptime.Domain.Overflow;

/// <summary>What was journaled within one hour.</summary>
/// <param name="Hour">Hours since the Unix epoch.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Bytes">Bytes of their payloads.</param>
public readonly record struct HourCount(long Hour, long Entries, long Bytes);
