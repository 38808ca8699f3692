using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// Appends a packet of the gateway's own to the journal when nothing else came for a while (<see cref="CanaryRule"/>). It takes the
/// way of all packets, so it comes back as committed or the connection is found to be wedged.
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
    private readonly ILogger _logger = logger;
    private readonly CanaryPackets _packets = new(gateway.Value.Station, time, metrics);

    // Everything below it was journaled when the last canary was: conservative, the canary itself is among the newest of that.
    private long _last = -1;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var idleness = options.Value.CanaryInterval;
        if (idleness == TimeSpan.Zero)
        {
            return;
        }

        var clock = new SteadyClock(time);
        var rule = new CanaryRule(idleness, journal.NextOffset, clock.Now);
        using var timer = new PeriodicTimer(idleness / 4 < s_longestTick ? idleness / 4 : s_longestTick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (rule.IsDue(journal.NextOffset, IsOwed, clock.Now) && !await AppendAsync().ConfigureAwait(false))
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
