using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Watch;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Silo.Watch;

/// <summary>
/// Keeps the stations' watches awake: those at home in this region, and those of a region that gives no sign of life. In both
/// topologies a station is so watched from one region, but for the seconds in which that changes (and then rows and notices are the
/// same, by their keys).
/// </summary>
internal sealed class WatchService(
    IGrainFactory grains, IStationRegistrySource registry, RegionBeats beats, IOptions<WatchOptions> options, IOptions<SiloHostOptions> silo, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetUtcNow();
        using var timer = new PeriodicTimer(options.Value.TickPatience / 6, time);
        try
        {
            do
            {
                foreach (var station in registry.Current.Stations)
                {
                    if (station.HomeRegion == silo.Value.Region || IsDead(station.HomeRegion, started))
                    {
                        await grains.GetGrain<IWatchGrain>(station.Id).Tick(silo.Value.Region).ConfigureAwait(false);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    // A silo that has just started has not heard the others yet.
    private bool IsDead(string region, DateTimeOffset started)
    {
        var last = beats.LastOf(region) ?? started;
        return time.GetUtcNow() - last > options.Value.RegionPatience;
    }
}
