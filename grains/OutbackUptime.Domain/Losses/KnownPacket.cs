namespace OutbackUptime.Domain.Losses;

/// <summary>Whose packet lay at a journal offset, where something still tells.</summary>
public readonly record struct KnownPacket(long Offset, string Hub, long Boot, long Seq);
