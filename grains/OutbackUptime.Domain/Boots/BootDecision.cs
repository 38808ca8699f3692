namespace OutbackUptime.Domain.Boots;

/// <summary>Under which boot a packet is kept, if it is.</summary>
/// <param name="Outcome">Whether it is new.</param>
/// <param name="Boot">Its boot: the hub's own or the gateway's.</param>
/// <param name="Assigned">Whether the gateway assigned it.</param>
/// <param name="Wrapped">The hub's own boot, where this packet is the first to show that its seq has wrapped under it.</param>
public readonly record struct BootDecision(BootOutcome Outcome, long Boot, bool Assigned, long? Wrapped = null);
