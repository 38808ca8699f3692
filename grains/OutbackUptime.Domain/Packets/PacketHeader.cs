namespace OutbackUptime.Domain.Packets;

/// <summary>A packet but for its metrics; see <see cref="Packet"/>.</summary>
/// <param name="Seq">The hub's packet number within its boot.</param>
/// <param name="Boot">The hub's restart epoch if it sends one.</param>
/// <param name="HubTime">The hub's own claim of the time of measurement, if it sends one.</param>
public readonly record struct PacketHeader(long Seq, long? Boot, DateTimeOffset? HubTime);
