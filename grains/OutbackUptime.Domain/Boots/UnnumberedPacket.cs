namespace OutbackUptime.Domain.Boots;

/// <summary>What is known of a packet whose number within a boot the gateway gives, since its format has none that would do.</summary>
/// <param name="Identity">A hash of what the hub published: tells a redelivery from the next packet.</param>
/// <param name="MayRepeat">
/// Whether the same identity again is the same packet. False where nothing in it tells it from a later one that measured the
/// same, and nothing says that it is a redelivery.
/// </param>
/// <param name="StartsBoot">Whether it begins a boot.</param>
/// <param name="Advance">How far the number rises: 1, or more where the hub's own counter shows that packets are missing.</param>
public readonly record struct UnnumberedPacket(ulong Identity, bool MayRepeat, bool StartsBoot = false, int Advance = 1);
