using System.Threading.Channels;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Receipts;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Tells hubs that ask (by subscribing to their topic `safe`) up to which seq all is committed in both regions.</summary>
internal sealed class SafeReceipts : BackgroundService, IJournalObserver
{
    /// <summary>Entries remembered per hub that asks: four hours of darkness at a packet each 30 s; after more it waits until the backlog is through.</summary>
    private const int MaxOpen = 512;

    private const int MaxBoots = 4;
    private readonly SqliteJournal _journal;
    private readonly Notices _notices;
    private readonly Lock _lock = new();
    private readonly SafeTracker _tracker = new(MaxOpen, MaxBoots);
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<(string Hub, long Boot), SafeClaim> _claims = [];

    public SafeReceipts(SqliteJournal journal, Notices notices)
    {
        (_journal, _notices) = (journal, notices);
        journal.Observer = this;
        foreach (var silenced in journal.Silenced)
        {
            _tracker.Silence(silenced.Hub, silenced.FirstBoot, silenced.LastBoot);
        }
    }

    /// <summary>A hub asks.</summary>
    public void Ask(string hub)
    {
        lock (_lock)
        {
            _tracker.Ask(hub, _journal.NextOffset - 1);
        }
    }

    /// <summary>A hub is gone for good.</summary>
    public void Forget(string hub)
    {
        lock (_lock)
        {
            _tracker.Forget(hub);
            _claims = _claims.Where(c => c.Key.Hub != hub).ToDictionary();
        }
    }

    /// <inheritdoc/>
    public void OnAppended(IReadOnlyList<JournalEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                if (entry.Kind == JournalEntryKind.Packet && _tracker.OnJournaled(entry.Hub, entry.Boot, entry.Seq, entry.Offset) is { } lower)
                {
                    Tell([lower]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void OnSafe(IReadOnlyList<OffsetRange> ranges, long firstKept)
    {
        lock (_lock)
        {
            Tell(_tracker.OnSafe(ranges, firstKept));
        }
    }

    /// <inheritdoc/>
    public void OnEvicted(IReadOnlyList<OffsetRange> ranges)
    {
        lock (_lock)
        {
            _tracker.OnEvicted(ranges);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in _news.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                Dictionary<(string Hub, long Boot), SafeClaim> claims;
                lock (_lock)
                {
                    (claims, _claims) = (_claims, []);
                }

                foreach (var claim in claims.Values)
                {
                    await _notices.SafeAsync(claim).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host takes it for a crash when the start failed elsewhere, and would bury the reason under this.
        }
    }

    // The newest claim of a boot takes the place of one that was not told yet: as many as there are boots, whatever the pace.
    private void Tell(IReadOnlyList<SafeClaim> claims)
    {
        foreach (var claim in claims)
        {
            _claims[(claim.Hub, claim.Boot)] = claim;
        }

        if (claims.Count > 0)
        {
            _news.Writer.TryWrite(true);
        }
    }
}
