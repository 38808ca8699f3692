namespace OutbackUptime.Bench.Load;

/// <summary>Which packet: a run has one boot.</summary>
internal readonly record struct PacketKey(string Hub, long Seq);
