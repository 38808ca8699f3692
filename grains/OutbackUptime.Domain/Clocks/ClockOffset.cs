namespace OutbackUptime.Domain.Clocks;

/// <summary>What is known of a hub's wrong clock within a boot.</summary>
/// <param name="Boot">The boot: the next one's clock may start elsewhere.</param>
/// <param name="Offset">Time minus claim, at most; see <see cref="HubClock"/>.</param>
/// <param name="Seq">The highest seq seen with a wrong claim.</param>
/// <param name="Claim">Its claim.</param>
public readonly record struct ClockOffset(long Boot, TimeSpan Offset, long Seq, DateTimeOffset Claim);
