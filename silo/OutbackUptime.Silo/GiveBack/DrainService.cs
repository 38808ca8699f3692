using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.GiveBack;

/// <summary>
/// When the silo stops: sends gateways elsewhere and moves its stations away, while it still works. Registered after Orleans,
/// so that it stops before it.
/// </summary>
internal sealed partial class DrainService(
    DrainState drain, StationActivations activations, StationMover mover, IOptions<GiveBackOptions> options, TimeProvider time, ILogger<DrainService> logger) : IHostedService
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await drain.BeginAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(options.Value.DrainLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var stations = activations.Snapshot();
            await mover.MoveAsync(stations, options.Value.Parallelism, either.Token).ConfigureAwait(false);
            while (activations.Snapshot().Count > 0)
            {
                await Task.Delay(s_look, time, either.Token).ConfigureAwait(false);
            }

            LogDrained(stations.Count);
        }
        catch (OperationCanceledException)
        {
            LogLeft(activations.Snapshot().Count);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Drained: {Count} stations moved away")]
    private partial void LogDrained(int count);

    [LoggerMessage(2, LogLevel.Warning, "The drain ran out of time: {Count} stations are still here and activate elsewhere when they are called next")]
    private partial void LogLeft(int count);
}
