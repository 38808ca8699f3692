using System.Diagnostics;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Silo.Ledger;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Takes one frame to its station's grain and tells what became of it. Never tries again: that is the gateway's.</summary>
internal sealed partial class FrameIngest(
    IGrainFactory grains,
    IRegionStores stores,
    FrameReader reader,
    IngestAdmission admission,
    IngestInstruments instruments,
    ReceiptLedger ledger,
    IOptions<UplinkOptions> options,
    IOptions<IngestIdentity> identity,
    TimeProvider time,
    ILogger<FrameIngest> logger)
{
    private readonly UplinkOptions _options = options.Value;

    /// <summary>What is known of the stores here.</summary>
    public IEnumerable<StoreState> Stores => stores.All.Select(s => new StoreState { Region = s.Region, Available = s.IsAvailable });

    /// <summary>Ingests a frame; <paramref name="partial"/> gets receipts before the final one, which is returned.</summary>
    public async Task<Receipt> IngestAsync(string station, Guid epoch, Frame frame, Func<Receipt, Task> partial, CancellationToken cancellationToken)
    {
        var entries = frame.Entries.Count;
        await admission.EnterAsync(entries, () => partial(Receipt(frame, ReceiptStatus.Partial, [], "Other gateways' backlog comes first.")), cancellationToken);
        try
        {
            return await TakeAsync(station, epoch, frame, partial, cancellationToken);
        }
        finally
        {
            admission.Leave(entries);
        }
    }

    private async Task<Receipt> TakeAsync(string station, Guid epoch, Frame frame, Func<Receipt, Task> partial, CancellationToken cancellationToken)
    {
        using var span = IngestTraces.Start(station, identity.Value.Region, frame);
        if (reader.Read(station, epoch, frame, out var read) is { } fault)
        {
            instruments.OnError(IngestInstruments.Rejected, frame.Entries.Count);
            span?.SetStatus(ActivityStatusCode.Error, fault);
            return Receipt(frame, ReceiptStatus.Rejected, [], fault);
        }

        instruments.OnQuarantined(read!.Quarantined.Length);
        var grain = grains.GetGrain<IStationGrain>(station);
        HashSet<string> committed = [];
        try
        {
            var answer = await grain.Ingest(read).AsTask().WaitAsync(_options.IngestLimit, time, cancellationToken);
            committed.UnionWith(answer.Committed);
            for (var i = 0; answer.Pending.Length > 0 && i < _options.MaxSettles; i++)
            {
                await partial(Receipt(frame, ReceiptStatus.Partial, committed, answer.Detail));
                answer = await grain.Settle(read.Ticket).AsTask().WaitAsync(_options.SettleLimit, time, cancellationToken);
                committed.UnionWith(answer.Committed);
            }

            ledger.Offer(station, read.Readings, committed);
            var late = answer.Pending.Length > 0 ? $"{string.Join(", ", answer.Pending)}: no answer in time" : "";
            return Receipt(frame, ReceiptStatus.Final, committed, string.Join("; ", new[] { answer.Detail, late }.Where(d => d.Length > 0)));
        }
#pragma warning disable CA1031 // A grain call may fail in any way; its outcome is unknown, and the gateway is told so.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            instruments.OnError(e is TimeoutException ? IngestInstruments.Timeout : e is OrleansException ? IngestInstruments.Unavailable : IngestInstruments.Unexpected, frame.Entries.Count);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogFailed(logger, station, frame.FrameId, e);

            // What a store was said to have committed stays so; of the rest nothing is known.
            return Receipt(frame, committed.Count > 0 ? ReceiptStatus.Final : ReceiptStatus.Retry, committed, $"The station's grain did not answer ({e.GetType().Name}).");
        }
    }

    private Receipt Receipt(Frame frame, ReceiptStatus status, IEnumerable<string> committed, string detail) => new()
    {
        FrameId = frame.FrameId,
        Status = status,
        CommittedRegions = { committed },
        Detail = detail,
        Credit = (uint)admission.Credit,
        Stores = { Stores },
    };

    [LoggerMessage(1, LogLevel.Warning, "The outcome of frame {FrameId} of {Station} is unknown; its gateway sends it again.")]
    private static partial void LogFailed(ILogger logger, string station, ulong frameId, Exception exception);
}
