namespace OutbackUptime.Domain.Overflow;

/// <summary>An entry that is about to be dropped, with what must be said of it.</summary>
/// <param name="Offset">Its place.</param>
/// <param name="Hub">Its hub; empty where it has none.</param>
/// <param name="Boot">Its boot; 0 for quarantined entries.</param>
/// <param name="FirstSeq">Its seq; of a thinned entry the lowest it stands for.</param>
/// <param name="LastSeq">The highest.</param>
/// <param name="Packets">How many packets it stands for.</param>
/// <param name="MissingIn">Regions that lack it, in order.</param>
public sealed record DroppedEntry(long Offset, string Hub, long Boot, long FirstSeq, long LastSeq, long Packets, IReadOnlyList<string> MissingIn);
