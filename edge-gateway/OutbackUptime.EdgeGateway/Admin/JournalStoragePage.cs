namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>The journal's disk: what is wrong with it ("None": nothing), since when, and what damage has cost since the start.</summary>
internal sealed record JournalStoragePage(string Trouble, DateTimeOffset? Since, string Detail, long Salvages, long Lost);
