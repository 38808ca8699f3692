namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>What came of a salvage.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">What was wrong with the file.</param>
/// <param name="Entries">Entries in the new file.</param>
/// <param name="Lost">Entries named as lost.</param>
/// <param name="Losses">In how many loss entries.</param>
/// <param name="IsSameEpoch">Whether the journal goes on under its old epoch.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record SalvageReport(DateTimeOffset At, string Reason, long Entries, long Lost, int Losses, bool IsSameEpoch, TimeSpan Elapsed);
