namespace OutbackUptime.Grains.Stores;

/// <summary>The key and payload hash of a packet that a store holds.</summary>
public readonly record struct CommittedKey(string Hub, long Boot, long Seq, ulong PayloadHash);
