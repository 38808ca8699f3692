namespace OutbackUptime.Silo.Alerting;

// Contacts are logged by name; numbers, addresses and URLs never.
internal sealed partial class NoticeSender
{
    [LoggerMessage(1, LogLevel.Information, "Told {Station} of alert {Alert} ({Kind}, level {Level}) by {Channel}.")]
    private partial void LogDelivered(string station, string alert, string kind, int level, string channel);

    [LoggerMessage(2, LogLevel.Error, "Station {Station} could not be told of alert {Alert} by {Channel}: {Detail}")]
    private partial void LogFailed(string station, string alert, string channel, string detail);

    [LoggerMessage(3, LogLevel.Error, "Station {Station}, alert {Alert}: the contact {Contact} stands in the registry but not in Alerting:Contacts; nobody is told there.")]
    private partial void LogNobody(string station, string alert, string contact);

    [LoggerMessage(4, LogLevel.Warning, "Station {Station}, alert {Alert}: the queue of notices is full; the watch tries again.")]
    private partial void LogRefused(string station, string alert);

    [LoggerMessage(5, LogLevel.Warning, "Station {Station}, alert {Alert}: whether {Channel} was told before can't be known ({Fault}); it is told now.")]
    private partial void LogUnsure(string station, string alert, string channel, string fault);
}
