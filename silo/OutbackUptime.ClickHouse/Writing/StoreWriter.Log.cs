using Microsoft.Extensions.Logging;

namespace OutbackUptime.ClickHouse.Writing;

internal sealed partial class StoreWriter
{
    [LoggerMessage(1, LogLevel.Information, "Store {Region} is ready")]
    private partial void LogReady(string region);

    [LoggerMessage(2, LogLevel.Warning, "Store {Region} is left alone until it answers again: {Reason}")]
    private partial void LogOpened(string region, string reason);

    [LoggerMessage(3, LogLevel.Error, "Store {Region} refuses rows of station {Station}: {Reason}")]
    private partial void LogBadRows(string region, string station, string reason);

    [LoggerMessage(4, LogLevel.Debug, "Store {Region} is not ready: {Reason}")]
    private partial void LogNotReady(string region, string reason);

    [LoggerMessage(5, LogLevel.Error, "Store {Region} can't be used: {Reason}")]
    private partial void LogMismatch(string region, string reason);
}
