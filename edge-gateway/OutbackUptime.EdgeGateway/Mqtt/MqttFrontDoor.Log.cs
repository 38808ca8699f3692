namespace OutbackUptime.EdgeGateway.Mqtt;

internal sealed partial class MqttFrontDoor
{
    [LoggerMessage(1, LogLevel.Information, "Hubs of {Station} may connect on {Address}:{Port} ({Security})")]
    private partial void LogStarted(string station, string address, int port, string security);

    [LoggerMessage(2, LogLevel.Warning, "Hubs connect without TLS: their passwords can be read on the network")]
    private partial void LogPlaintext();

    [LoggerMessage(4, LogLevel.Error, "A packet of {Hub} was not journaled, so it is not acknowledged: {Reason}")]
    private partial void LogNotJournaled(string hub, string reason);
}
