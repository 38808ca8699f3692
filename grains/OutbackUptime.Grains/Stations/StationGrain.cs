using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using OutbackUptime.Domain.Dedupe;
using OutbackUptime.Grains.LiveTail;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Grains.Stations;

/// <inheritdoc cref="IStationGrain"/>
/// <remarks>
/// Reentrant, because frames are in flight together while a store commits. What holds across awaits: a frame is planned
/// against all its regions in one turn, before the first await, so no other frame sees half a plan; a key is in flight from
/// that turn until the turn in which its write's end is recorded; a window only ever gets what a store has committed.
/// </remarks>
[Reentrant, HomeRegion, RandomPlacement, CollectionAgeLimit(Minutes = 2), GrainType("station")]
public sealed partial class StationGrain(
    IRegionStores stores,
    IStationRegistrySource registry,
    StationActivations activations,
    StationInstruments instruments,
    IOptions<StationOptions> options,
    TimeProvider time,
    ILogger<StationGrain> logger) : Grain, IStationGrain
{
    private readonly StationOptions _options = options.Value;
    private readonly Dictionary<string, RegionIngest> _regions = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, FrameWork> _frames = [];
    private StationActivation _activation = null!;
    private TailBuffer _tail = null!;
    private SeenBuffer _seen = null!;

    private string Station => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var station = Station;
        var home = registry.Current.TryGet(station, out var known) ? known.HomeRegion : "";
        foreach (var store in stores.All)
        {
            _regions.Add(store.Region, new RegionIngest(station, store, _options, time, instruments));
        }

        var keys = await Task.WhenAll(_regions.Values.Select(r => RecoverAsync(r, cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        var takeover = home.Length > 0 && home != _options.Region;
        _activation = new StationActivation(station, home, time.GetUtcNow());
        activations.Add(_activation, takeover);
        _tail = TailBuffer.Start(this, station, _options.Region, takeover, instruments);
        _seen = SeenBuffer.Start(this, station);
        LogActivated(logger, station, _options.Region, home, keys.Sum());
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_activation is not null)
        {
            activations.Remove(_activation);
        }

        // What is not committed by then has no receipt, and comes again.
        var left = Task.WhenAll(_frames.Values.Select(f => f.All));
        await left.WaitAsync(_options.DrainLimit, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!left.IsCompleted)
        {
            LogLeftFrames(logger, Station, _frames.Values.Count(f => !f.All.IsCompleted));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IngestReceipt> Ingest(IngestFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ForgetSettledFrames();
        if (_frames.Count >= _options.MaxFrames)
        {
            return Nothing($"{Station} has {_frames.Count} frames under way already");
        }

        var work = Start(frame);
        _frames[frame.Ticket] = work;
        await work.FirstCommitAsync(_options.FirstCommitLimit, _options.Grace, time);
        return await AnswerAsync(frame.Ticket, work);
    }

    /// <inheritdoc/>
    public async ValueTask<IngestReceipt> Settle(Guid ticket)
    {
        if (!_frames.TryGetValue(ticket, out var work))
        {
            return Nothing("the ticket is unknown here: nothing is known of the frame");
        }

        await work.AllAsync(_options.SettleLimit, time);
        return await AnswerAsync(ticket, work);
    }

    private static IngestReceipt Nothing(string detail) => new() { Committed = [], Pending = [], Detail = detail };

    private FrameWork Start(IngestFrame frame)
    {
        List<(string, Task<StoreCommit>)> regions = [];
        List<string> problems = [];
        var duplicates = 0;
        var entries = Entries(frame.Readings);
        foreach (var region in frame.OwedRegions.Distinct(StringComparer.Ordinal))
        {
            if (_regions.TryGetValue(region, out var ingest))
            {
                regions.Add((region, ingest.Commit(frame, entries, out var held)));
                duplicates += held;
            }
            else
            {
                problems.Add($"{region}: no such region here");
            }
        }

        _activation.OnFrame(frame.Readings.Length, duplicates);
        _tail.Add(frame.Readings);
        // What is owed to some regions only was committed by the others before, and seen then.
        return new FrameWork(regions, string.Join("; ", problems), duplicates, regions.Count == _regions.Count ? frame.Readings : null);
    }

    private static DedupeEntry[] Entries(ReadingRow[] readings)
    {
        var entries = new DedupeEntry[readings.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var row = readings[i];
            entries[i] = new DedupeEntry(new PacketKey(row.Hub, row.Boot, row.Seq), row.PayloadHash);
        }

        return entries;
    }

    private async Task<IngestReceipt> AnswerAsync(Guid ticket, FrameWork work)
    {
        var receipt = await work.ReceiptAsync();
        if (receipt.Committed.Length > 0 && work.TakeUnseen() is { } readings)
        {
            _seen.Add(readings, time.GetUtcNow());
        }

        if (receipt.Pending.Length == 0)
        {
            _frames.Remove(ticket);
        }

        return receipt;
    }

    // Frames whose Settle never came (the stream died). Only once they crowd, so that a Settle finds its frame.
    private void ForgetSettledFrames()
    {
        if (_frames.Count < _options.MaxFrames)
        {
            return;
        }

        foreach (var (ticket, work) in _frames)
        {
            if (work.All.IsCompleted)
            {
                _frames.Remove(ticket);
            }
        }
    }

    private async Task<int> RecoverAsync(RegionIngest region, CancellationToken cancellationToken)
    {
        try
        {
            return await region.RecoverAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            instruments.OnRecoveryFailed(region.Region);
            LogRecoveryFailed(logger, Station, region.Region, e);
            return 0;
        }
    }
}
