using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Watch;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Silo.Watch;

/// <summary>
/// Writes this silo's sign of life to every store every 5 s, and reads the others'. A beat counts once it stands in a store: silos
/// without any store are as good as dead.
/// </summary>
internal sealed partial class BeatService(
    IWatchStores stores, RegionBeats beats, StationActivations activations, IOptions<SiloHostOptions> silo, TimeProvider time, ILogger<BeatService> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_lookBack = TimeSpan.FromMinutes(1);
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        try
        {
            do
            {
                var up = stores.All.Where(s => s.IsAvailable).Select(s => s.Region).ToArray();
                var beat = new RegionBeat(silo.Value.Region, silo.Value.Name, time.GetUtcNow(), activations.Snapshot().Count, up);
                await Task.WhenAll(stores.All.Select(s => BeatAsync(s, beat, stoppingToken))).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task BeatAsync(IWatchStore store, RegionBeat beat, CancellationToken stoppingToken)
    {
        try
        {
            if (await store.WriteAsync(new WatchRows { Beats = [beat] }).WaitAsync(stoppingToken).ConfigureAwait(false))
            {
                beats.Add(beat.Region, beat.At);
                foreach (var (region, at) in await store.ReadBeatsAsync(beat.At - s_lookBack, stoppingToken).ConfigureAwait(false))
                {
                    beats.Add(region, at);
                }
            }
        }
#pragma warning disable CA1031 // A store that can't be read now; the next beat tries again.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotRead(store.Region, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The regions' beats could not be read from the store in {Region}: {Reason}")]
    private partial void LogNotRead(string region, string reason);
}
