using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Overflow;

/// <summary>Entries that some regions have and others lack.</summary>
/// <param name="Range">Their offsets.</param>
/// <param name="MissingIn">The regions that lack all of them, in order.</param>
public sealed record HeldRange(OffsetRange Range, IReadOnlyList<string> MissingIn);
