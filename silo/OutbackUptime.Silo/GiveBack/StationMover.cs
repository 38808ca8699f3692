using Orleans.Core.Internal;
using Orleans.Runtime;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.GiveBack;

/// <summary>Asks activations of this silo to move to where placement wants them now.</summary>
internal sealed partial class StationMover(IGrainFactory grains, ILogger<StationMover> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Asks all of them, so many at once; a move that can't be asked for is logged and left.</summary>
    public Task MoveAsync(IEnumerable<StationActivation> stations, int parallelism, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        stations,
        new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken },
        async (station, stop) =>
        {
            try
            {
                await grains.GetGrain<IStationGrain>(station.Station).AsReference<IGrainManagementExtension>().MigrateOnIdle(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                LogFailed(station.Station, e.Message);
            }
        });

    [LoggerMessage(1, LogLevel.Warning, "Station {Station} could not be asked to move: {Reason}")]
    private partial void LogFailed(string station, string reason);
}
