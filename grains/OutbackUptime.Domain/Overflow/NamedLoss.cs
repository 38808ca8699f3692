using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Domain.Overflow;

/// <summary>A loss record to be journaled.</summary>
/// <param name="Record">The record.</param>
/// <param name="Replaces">Offset of the journaled record that it contains, which goes in the same transaction; null: none.</param>
public sealed record NamedLoss(LossRecord Record, long? Replaces);
