using Microsoft.Extensions.Logging;

namespace OutbackUptime.Grains.Stations;

public sealed partial class StationGrain
{
    [LoggerMessage(1, LogLevel.Warning, "The dedupe windows of {Station} for the store in {Region} start empty, it could not be read. Packets it holds may be written again, which is harmless.")]
    private static partial void LogRecoveryFailed(ILogger logger, string station, string region, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "{Station} is active in {Region}, its home is {HomeRegion}; {Keys} keys recovered.")]
    private static partial void LogActivated(ILogger logger, string station, string region, string homeRegion, int keys);

    [LoggerMessage(3, LogLevel.Warning, "{Station} is deactivated with {Frames} frames under way; their gateway sends them again.")]
    private static partial void LogLeftFrames(ILogger logger, string station, int frames);
}
