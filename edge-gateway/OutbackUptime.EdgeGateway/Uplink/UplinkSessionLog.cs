namespace OutbackUptime.EdgeGateway.Uplink;

internal static partial class UplinkSessionLog
{
    [LoggerMessage(10, LogLevel.Error, "Frame {FrameId} was rejected: {Detail}. Its entries are sent one by one; those refused alone stay in the journal")]
    public static partial void Rejected(ILogger logger, ulong frameId, string detail);
}
