namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>An entry without its payload; of a thinned one with it.</summary>
internal sealed record EntryHead(long Offset, JournalEntryKind Kind, string Hub, long Boot, long Seq, DateTimeOffset ReceivedAt, byte[] Row);
