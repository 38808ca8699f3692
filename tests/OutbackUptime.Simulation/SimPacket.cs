namespace OutbackUptime.Simulation;

/// <summary>A packet as a hub means it. The hash stands for the payload.</summary>
internal sealed record SimPacket(string Hub, long? Boot, long Seq, ulong Hash, bool Bad, int Life);
