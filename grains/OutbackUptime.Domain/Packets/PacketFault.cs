namespace OutbackUptime.Domain.Packets;

/// <summary>Why a payload is no packet.</summary>
/// <param name="Code">Stable, for counters and queries, e.g. `metric-not-finite`. At most 40 characters of [a-z-].</param>
/// <param name="Reason">For people: what was wrong, what was expected. At most 300 characters.</param>
public sealed record PacketFault(string Code, string Reason);
