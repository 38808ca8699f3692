namespace OutbackUptime.Domain.Packets;

/// <summary>What a hub says in one MQTT publish, parsed and within all limits.</summary>
/// <param name="Seq">The hub's packet number within its boot, 0 to 2^53 - 1.</param>
/// <param name="Boot">The hub's restart epoch if it sends one, 0 to 10^15 - 1; else the gateway assigns one.</param>
/// <param name="HubTime">The hub's own claim of the time of measurement, if it sends one (`ts`, RFC 3339).</param>
/// <param name="Metrics">1 to 64 metrics in the order sent; names are unique and match [a-z][a-z0-9_]*, values are finite.</param>
public sealed record Packet(long Seq, long? Boot, DateTimeOffset? HubTime, IReadOnlyList<Metric> Metrics);
