namespace OutbackUptime.EdgeGateway.Journal;

internal sealed partial class SqliteJournal
{
    [LoggerMessage(1, LogLevel.Information, "Journal {Epoch} has {Depth} entries, next offset {Next}")]
    private partial void LogOpened(Guid epoch, long depth, long next);

    [LoggerMessage(2, LogLevel.Error, "A commit of {Count} packets failed; none is acknowledged, their hubs send them again: {Reason}")]
    private partial void LogFailed(int count, string reason);

    [LoggerMessage(3, LogLevel.Error, "The journal is at its quota of {MaxBytes} bytes: hubs are told to keep their packets")]
    private partial void LogFull(long maxBytes);

    [LoggerMessage(4, LogLevel.Warning, "The overflow policy gave up {Packets} packets ({Cause}): the journal holds {Used} of {MaxBytes} bytes")]
    private partial void LogGivenUp(long packets, string cause, long used, long maxBytes);
}
