using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>Offsets that a receipt newly proved to be committed in a region.</summary>
public readonly record struct CommittedNews(string Region, IReadOnlyList<OffsetRange> Ranges);
