namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>An entry whose checksum does not hold.</summary>
/// <param name="Offset">Its place.</param>
/// <param name="Claims">What its columns say, which may be wrong; null when they say nothing.</param>
internal readonly record struct DamagedEntry(long Offset, JournalEntry? Claims);
