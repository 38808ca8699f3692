using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal;

internal sealed partial class SqliteJournal
{
    [LoggerMessage(1, LogLevel.Information, "Journal {Epoch} has {Depth} entries, next offset {Next}")]
    private partial void LogOpened(Guid epoch, long depth, long next);

    [LoggerMessage(2, LogLevel.Error, "A commit of {Count} packets failed; none is acknowledged, their hubs send them again: {Reason}")]
    private partial void LogFailed(int count, string reason);

    [LoggerMessage(3, LogLevel.Error, "The journal is at its quota of {MaxBytes} bytes: hubs are told to keep their packets")]
    private partial void LogFull(long maxBytes);

    [LoggerMessage(4, LogLevel.Error, "The journal's disk is in trouble ({Trouble}): nothing is acknowledged until it takes commits again. It is tried by itself. {Detail}")]
    private partial void LogTrouble(StorageTrouble trouble, string detail);

    [LoggerMessage(5, LogLevel.Information, "The journal's disk takes commits again after {Time} ({Trouble})")]
    private partial void LogRecovered(StorageTrouble trouble, TimeSpan time);

    [LoggerMessage(6, LogLevel.Error, "The journal was damaged ({Reason}). Salvaged by itself in {Elapsed}: {Entries} entries are there, {Lost} are lost and named in {Losses} loss entries; the old file is kept aside")]
    private partial void LogSalvaged(string reason, long entries, long lost, int losses, TimeSpan elapsed);

    [LoggerMessage(8, LogLevel.Warning, "The journal is damaged ({Reason}); it is salvaged now, a minute or so for each GB. Hubs wait meanwhile")]
    private partial void LogSalvaging(string reason);

    [LoggerMessage(7, LogLevel.Error, "{Count} journal entries between {First} and {Last} are damaged: they are not sent, loss entries name them")]
    private partial void LogDamaged(long count, long first, long last);

    [LoggerMessage(9, LogLevel.Warning, "The overflow policy gave up {Packets} packets ({Cause}): the journal holds {Used} of {MaxBytes} bytes")]
    private partial void LogGivenUp(long packets, string cause, long used, long maxBytes);
}
