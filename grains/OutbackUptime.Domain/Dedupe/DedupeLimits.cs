namespace OutbackUptime.Domain.Dedupe;

/// <summary>Bounds of a <see cref="RegionDedupe"/>'s memory. Forgetting is harmless: what is forgotten is written again and collapsed by the store.</summary>
/// <param name="WindowCapacity">Seqs remembered per (hub, boot); 16 bytes each, allocated whole.</param>
/// <param name="BootsPerHub">Boots remembered per hub; the least recently recorded goes first.</param>
/// <param name="Hubs">Hubs remembered; the least recently recorded goes first.</param>
public sealed record DedupeLimits(int WindowCapacity = 1024, int BootsPerHub = 4, int Hubs = 2000);
