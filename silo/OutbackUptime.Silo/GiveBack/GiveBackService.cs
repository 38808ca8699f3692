using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Placement;

namespace OutbackUptime.Silo.GiveBack;

/// <summary>Gives stations that this silo took over back to their home region, once that has been up for a while.</summary>
internal sealed partial class GiveBackService(
    StationActivations activations,
    IStationRegistrySource registry,
    IClusterMembershipService membership,
    IRegionMap regions,
    ILocalSiloDetails local,
    StationMover mover,
    IOptions<GiveBackOptions> options,
    TimeProvider time,
    ILogger<GiveBackService> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);
    private readonly ILogger _logger = logger;
    private long _givenBack;

    /// <summary>Stations given back since the start.</summary>
    public long GivenBack => Interlocked.Read(ref _givenBack);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var clock = new SettleClock(options.Value.SettleTime);
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var settled = clock.Update(ActiveRegions(), time.GetUtcNow());
                var own = regions.RegionOf(local.SiloAddress);
                var guests = activations.Snapshot().Where(a => HomeOf(a) is { } home && home != own && settled.Contains(home)).ToList();
                if (guests.Count > 0)
                {
                    LogGivingBack(guests.Count);
                    await mover.MoveAsync(guests, options.Value.Parallelism, stoppingToken).ConfigureAwait(false);
                    Interlocked.Add(ref _givenBack, guests.Count);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private IEnumerable<string> ActiveRegions() => membership.CurrentSnapshot.Members.Values
        .Where(m => m.Status == SiloStatus.Active)
        .Select(m => regions.RegionOf(m.SiloAddress))
        .OfType<string>();

    private string? HomeOf(StationActivation activation) =>
        registry.Current.TryGet(activation.Station, out var station) ? station.HomeRegion : null;

    [LoggerMessage(1, LogLevel.Information, "Giving {Count} stations back to their home region")]
    private partial void LogGivingBack(int count);
}
