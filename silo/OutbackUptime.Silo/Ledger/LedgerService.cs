using Microsoft.Extensions.Options;
using OutbackUptime.ClickHouse.Querying;

namespace OutbackUptime.Silo.Ledger;

/// <summary>
/// Checks a sample of this silo's own receipts while it runs: what a gateway was told is committed must be readable. A canary is
/// stopped by the first packet that is not (k8s/base/silo/analysis.yaml). A deletion of a station within the interval shows too.
/// </summary>
internal sealed partial class LedgerService(
    ReceiptLedger ledger, StoreReaders stores, LedgerInstruments instruments, IOptions<LedgerOptions> options, TimeProvider time, ILogger<LedgerService> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var store in stores.All)
        {
            instruments.OnChecked(store.Region, 0, 0);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        IReadOnlyList<GivenReceipt> due = [];
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var given = due;
            due = ledger.Take();
            await Task.WhenAll(stores.All.Select(store => CheckAsync(store, given, stoppingToken))).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(IStoreReader store, IReadOnlyList<GivenReceipt> given, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var receipt in given.Where(g => g.Regions.Contains(store.Region)))
            {
                var missing = await ReceiptCheck.MissingAsync(store, receipt.Station, receipt.Packets, stoppingToken).ConfigureAwait(false);
                instruments.OnChecked(store.Region, receipt.Packets.Count, missing.Count);
                if (missing is [var first, ..])
                {
                    LogMissing(missing.Count, receipt.Station, store.Region, first.Hub, first.Boot, first.Seq);
                }
            }
        }
        catch (StoreUnreadableException)
        {
            // Not checked, and not counted as checked.
        }
#pragma warning disable CA1031 // Whatever a store answers, the silo goes on; the next interval looks again.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(store.Region, e);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "{Count} packets of {Station} were acknowledged as committed in {Region} and are not in its store; the first is {Hub}, boot {Boot}, seq {Seq}")]
    private partial void LogMissing(int count, string station, string region, string hub, long boot, long seq);

    [LoggerMessage(2, LogLevel.Warning, "Receipts could not be checked in the store of {Region}")]
    private partial void LogFailed(string region, Exception exception);
}
