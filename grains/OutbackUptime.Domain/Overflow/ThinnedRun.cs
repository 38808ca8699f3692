using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Domain.Overflow;

/// <summary>A row and the journal entries whose place it takes.</summary>
/// <param name="Row">The row.</param>
/// <param name="Payload">The row as it is journaled.</param>
/// <param name="Offsets">The packets' offsets, rising.</param>
public sealed record ThinnedRun(ThinnedRow Row, byte[] Payload, IReadOnlyList<long> Offsets);
