namespace OutbackUptime.Domain.Dedupe;

/// <summary>Bounds of a <see cref="RegionDedupe"/>'s memory. Forgetting is harmless: what is forgotten is written again and collapsed by the store.</summary>
/// <param name="WindowCapacity">Seqs remembered per (hub, boot); 16 bytes each, taken as they are needed.</param>
/// <param name="BootsPerHub">Boots remembered per hub; the least recently recorded goes first.</param>
/// <param name="Hubs">Hubs remembered; the least recently recorded goes first.</param>
/// <param name="RestsAfter">A hub rests when the station has recorded so many packets since its last one.</param>
/// <param name="RestingWindow">Seqs that stay of each window of a hub at rest.</param>
public sealed record DedupeLimits(int WindowCapacity = 1024, int BootsPerHub = 4, int Hubs = 2000, int RestsAfter = 10_000, int RestingWindow = 32);
