namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What a journal file is born with, or is found to be.</summary>
/// <param name="Station">Whose it is.</param>
/// <param name="Epoch">Its identity: offsets of two epochs have nothing to do with each other.</param>
/// <param name="CheckedFrom">Entries from this offset on carry a checksum; those below are from a program that wrote none.</param>
/// <param name="BootFloor">A hub whose last assigned boot is not known gets one above this. 0: nothing was ever forgotten.</param>
internal sealed record JournalIdentity(string Station, Guid Epoch, long CheckedFrom, long BootFloor);
