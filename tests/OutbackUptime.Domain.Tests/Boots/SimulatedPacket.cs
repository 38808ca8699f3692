namespace OutbackUptime.Domain.Tests.Boots;

/// <summary>A packet and the truth about it.</summary>
/// <param name="Id">Unique for ever; stands for its payload's hash.</param>
/// <param name="Seq">What the hub numbered it.</param>
/// <param name="Boot">The boot that the hub sent, if it sends one.</param>
internal readonly record struct SimulatedPacket(ulong Id, long Seq, long? Boot);
