namespace OutbackUptime.EdgeGateway.Uplink;

internal sealed partial class UplinkPump
{
    [LoggerMessage(1, LogLevel.Information, "Connected to region {Region} (silo {Silo})")]
    private partial void LogConnected(string region, string silo);

    [LoggerMessage(2, LogLevel.Warning, "Region {Region} failed: {Reason}")]
    private partial void LogFailed(string region, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Going from region {From} to {To}: {Reason}")]
    private partial void LogSwitch(string from, string to, string reason);


    [LoggerMessage(5, LogLevel.Information, "Region {Region} asks to connect anew: {Reason}")]
    private partial void LogFarewell(string region, string reason);

}
