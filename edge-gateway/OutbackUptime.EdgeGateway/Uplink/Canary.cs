using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// Appends packets of the gateway's own to the journal. A canary when nothing else came for a while (<see cref="CanaryRule"/>): it
/// takes the way of all packets, so it comes back as committed or the connection is found to be wedged. A heartbeat every
/// <see cref="UplinkOptions.HeartbeatInterval"/>, whatever else happens: it is journaled like all packets, so those of an outage
/// arrive with its backlog and tell which hop was dead.
/// </summary>
internal sealed partial class Canary(
    IOptions<UplinkOptions> options,
    IOptions<GatewayOptions> gateway,
    IUplinkJournal journal,
    IPacketJournal appends,
    CanaryMetrics metrics,
    UplinkInstruments instruments,
    TimeProvider time,
    ILogger<Canary> logger) : BackgroundService
{
    private static readonly TimeSpan s_longestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_never = TimeSpan.FromDays(365_000);
    private readonly ILogger _logger = logger;
    private readonly CanaryPackets _packets = new(gateway.Value.Station, time, metrics);

    // Everything below it was journaled when the last canary was: conservative, the canary itself is among the newest of that.
    private long _last = -1;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Zero turns one of them off.
        var (idleness, rhythm) = (OrNever(options.Value.CanaryInterval), OrNever(options.Value.HeartbeatInterval));
        var shortest = (idleness < rhythm ? idleness : rhythm) / 4;
        if (shortest > s_never / 8)
        {
            return;
        }

        var clock = new SteadyClock(time);
        var rule = new CanaryRule(idleness, journal.NextOffset, clock.Now);
        var beat = clock.Now;
        using var timer = new PeriodicTimer(shortest < s_longestTick ? shortest : s_longestTick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var isBeat = clock.Now - beat >= rhythm;
                beat = isBeat ? clock.Now : beat;
                if ((isBeat || rule.IsDue(journal.NextOffset, IsOwed, clock.Now)) && !await AppendAsync().ConfigureAwait(false))
                {
                    // Full or broken: what stands in the way is told elsewhere. Not at once again.
                    rule = new CanaryRule(idleness, journal.NextOffset, clock.Now);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static TimeSpan OrNever(TimeSpan interval) => interval == TimeSpan.Zero ? s_never : interval;

    /// <summary>Whether some region lacks the last one. One that was evicted is owed to nobody.</summary>
    private bool IsOwed() => _last >= 0
        && !journal.Committed.Values.All(c => c.Contains(_last))
        && journal.Read([new OffsetRange(_last, _last)], 1, 1).Count > 0;

    private async Task<bool> AppendAsync()
    {
        try
        {
            var result = await appends.AppendAsync(_packets.Next()).ConfigureAwait(false);
            if (result.Status == AppendStatus.Quarantined)
            {
                _packets.OnConflict();
            }

            if (result.Status is AppendStatus.QuotaExceeded)
            {
                return false;
            }

            _last = journal.NextOffset - 1;
            instruments.OnCanary();
            return true;
        }
        catch (JournalException e)
        {
            LogNotAppended(e.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The gateway's own packet could not be journaled: {Reason}")]
    private partial void LogNotAppended(string reason);
}
