using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats;

/// <summary>What a hub measured at one time, read from another format and not numbered yet.</summary>
/// <param name="HubTime">The hub's claim of the time, if it made one.</param>
/// <param name="Metrics">1 to 64, as <see cref="Packet"/> has them.</param>
public sealed record SourcePacket(DateTimeOffset? HubTime, IReadOnlyList<Metric> Metrics);
