namespace OutbackUptime.Bench.Small;

/// <summary>A gateway's memory under 200 hubs with a packet a second each.</summary>
/// <param name="Case">How hubs come, and whether the link is up.</param>
/// <param name="IdleBytes">Resident before the first hub.</param>
/// <param name="ResidentBytes">Resident at the end.</param>
/// <param name="AnonymousBytes">Of them the process's own: not pages of files, which the kernel may drop.</param>
/// <param name="PeakBytes">The most that ever was.</param>
/// <param name="CpuShare">Of one core.</param>
/// <param name="P99Ms">Publish to PUBACK.</param>
internal sealed record MemoryRow(string Case, long IdleBytes, long ResidentBytes, long AnonymousBytes, long PeakBytes, double CpuShare, double? P99Ms);
