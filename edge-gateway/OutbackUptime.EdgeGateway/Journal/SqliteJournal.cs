using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Overflow;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The gateway's durable log. One writer commits what all hubs have published meanwhile in one transaction: boots, entries, what
/// regions have committed, and the trim of what all of them have.
/// </summary>
internal sealed partial class SqliteJournal : BackgroundService, IPacketJournal, IAppendQueue, IUplinkJournal
{
    /// <summary>Entries trimmed in one commit at most: deleting must not hold up PUBACKs.</summary>
    private const int MaxTrim = 5000;

    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly JournalInstruments _instruments;
    private readonly ILogger _logger;
    private readonly JournalFiles _files;
    private readonly JournalOpener _opener;
    private readonly HighWaterMark _highWater;
    private readonly Ballast _ballast;
    private readonly StorageHealth _health;

    // Taken in this order. Who holds the first may put another file in the place of a damaged one.
    private readonly Lock _writeLock = new();
    private readonly Lock _readLock = new();
    private readonly Lock _lock = new();
    private readonly Channel<PendingAppend?> _queue;
    private readonly Dictionary<string, OffsetRangeSet> _committed;
    private readonly EntryCache _cache;
    private readonly SavedRanges _saved = new();
    private readonly (long Offset, DateTimeOffset At, long Timestamp) _opened;
    private readonly CancellationTokenSource _closing = new();
    // Those of the file that is there now.
    private JournalDatabase _writer;
    private JournalDatabase _reader;
    private OffsetRangeSet _kept;
    private NewestPackets _newest;
    private HubRings _hubs;
    private HubClocks _clocks;
    private OverflowRelief _relief;
    private TaskCompletionSource _appended = NewSignal();
    private long _lastCommit = long.MinValue / 2;
    private bool _marked;
    private int _wakeQueued;
    private long _next;
    private bool _full;
    private long _usedBytes;
    private bool _isCrowded;

    public SqliteJournal(
        IOptions<GatewayOptions> gateway, IOptions<JournalOptions> options, IOptions<UplinkOptions> uplink, TimeProvider time, Random random, JournalInstruments instruments, ILogger<SqliteJournal> logger, JournalStorage? storage = null)
    {
        (_options, _time, _random, _instruments, _logger) = (options.Value, time, random, instruments, logger);
        Directory.CreateDirectory(gateway.Value.DataDirectory);
        storage ??= JournalStorage.Default;
        _files = storage.Files(gateway.Value.DataDirectory);
        _opener = new JournalOpener(_files, storage, _options, gateway.Value.Station, uplink.Value.Regions.Keys, time) { OnDamage = LogSalvaging };
        (_highWater, _ballast, _health) = (new HighWaterMark(_files.HighWater), new Ballast(_files, storage.BallastBytes), new StorageHealth(time));
        _queue = Channel.CreateBounded<PendingAppend?>(new BoundedChannelOptions(_options.MaxQueued) { SingleReader = true });
        _cache = new EntryCache(_options.CachedEntries);
        var opened = _opener.Open();
        (_kept, _committed, _next) = (opened.Kept, opened.Committed, opened.Next);
        (_writer, _reader, _newest, _hubs, _clocks, _relief) = Adopt(opened);
        _budget = OpenBudget();
        _opened = (_next, time.GetUtcNow(), time.GetTimestamp());
        OnSalvaged(opened.Salvage);
        Witness();
        _ballast.Take();
        instruments.ObserveDarkDays(() => DarkDaysLeft);
        instruments.ObserveStorage(() => _health.Status.Trouble);
        instruments.ObserveDepth(() => Depth, () => UsedBytes, _options.Linger);
        LogOpened(Epoch, Depth, _next);
    }

    /// <inheritdoc/>
    public Guid Epoch => _writer.Epoch;

    /// <inheritdoc/>
    public long NextOffset => Interlocked.Read(ref _next);

    /// <inheritdoc/>
    public long FirstOffset
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count == 0 ? _next : _kept.Ranges[0].First;
            }
        }
    }

    /// <summary>Entries kept.</summary>
    public long Depth
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, OffsetRangeSet> Committed
    {
        get
        {
            lock (_lock)
            {
                return _committed.ToDictionary(c => c.Key, c => c.Value.Clone(), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Who hears what becomes of entries; null for nobody.</summary>
    public IJournalObserver? Observer { get; set; }

    /// <summary>journal.db in the data directory.</summary>
    public static string PathOf(GatewayOptions gateway) => Path.Combine(gateway.DataDirectory, "journal.db");

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(IncomingPacket packet) => (await AppendAllAsync([packet]).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendResult>> AppendAllAsync(IReadOnlyList<IncomingPacket> packets)
    {
        var pending = new AwaitedAppend(packets, _time.GetUtcNow());
        await OfferAsync(pending).ConfigureAwait(false);
        return await pending.Done.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask OfferAsync(PendingAppend pending) => _queue.Writer.TryWrite(pending) ? ValueTask.CompletedTask : WaitForRoomAsync(pending);

    /// <inheritdoc/>
    public async ValueTask WaitForAppendAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task appended;
            lock (_lock)
            {
                if (_next > offset)
                {
                    return;
                }

                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void MarkCommitted(string region, IReadOnlyList<OffsetRange> ranges)
    {
        lock (_lock)
        {
            foreach (var range in ranges)
            {
                _marked |= _committed[region].Add(range) > 0;
            }
        }

        Wake();
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _closing.CancelAsync().ConfigureAwait(false);
        if (ExecuteTask is { } loop)
        {
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _closing.Dispose();
        if (!_isClosed)
        {
            _writer.Dispose();
            _reader.Dispose();
        }

        _highWater.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not by the token: what was taken in is committed before the loop ends, when StopAsync has closed the queue.
        var batch = new List<PendingAppend>();
        while (await WaitForWorkAsync().ConfigureAwait(false))
        {
            Gather(batch);
            await PauseAsync(batch).ConfigureAwait(false);
            _isCrowded = batch.Count > 1;
            Commit(batch);
            batch.Clear();
        }

        Commit(batch);
    }

    private async ValueTask WaitForRoomAsync(PendingAppend pending)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            pending.Fail(new JournalException("The gateway is stopping.", e));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // By the wall clock, which may have been set meanwhile: then it counts as none.
    private long WaitTicks(TimeSpan wait) => wait > TimeSpan.Zero && wait < TimeSpan.FromHours(1) ? (long)(wait.TotalSeconds * _time.TimestampFrequency) : 0;

    private void Commit(List<PendingAppend> batch)
    {
        lock (_writeLock)
        {
            var wait = _health.RetryIn;
            if (wait > TimeSpan.Zero)
            {
                Refuse(batch, _health.Status);
                return;
            }

            // In trouble: try with what there is, be it only marks.
            if (batch.Count == 0 && !_marked && !_relief.IsUnderWay && _damaged.Count == 0 && wait is null)
            {
                return;
            }

            try
            {
                CommitOrRepair(batch, wait is not null);
            }
            catch (Exception e) when (e is SqliteException or JournalDamagedException or JournalException)
            {
                OnFailed(batch, e);
            }
        }
    }

    private void CommitOnce(List<PendingAppend> batch, bool isTrial)
    {
        var started = _lastCommit = _time.GetTimestamp();
        List<JournalEntry> entries = [];
        IReadOnlyList<OffsetRange> trimmed;
        IReadOnlyList<OffsetRange> replaced;
        Relief? relief;
        var used = _writer.UsedBytes;
        _full = _relief.Refuses(used);
        using (var transaction = _writer.Begin())
        {
            // A disk that was full is first given the chance to be trimmed.
            var mayAppend = !isTrial || _health.Status.Trouble != StorageTrouble.Full || HasRoom();
            foreach (var pending in batch)
            {
                pending.Results = mayAppend ? TakeAll(pending, entries, transaction) : Refused(pending);
            }

            replaced = ReplaceDamaged(entries, transaction);
            lock (_lock)
            {
                _marked |= isTrial;
            }

            trimmed = SaveMarks(transaction);
            relief = Relieve(used, [.. trimmed, .. replaced], entries, transaction);
            _hubs.Settle(transaction);
            transaction.Commit();
            _saved.OnCommitted();
            OnReplaced(replaced);
            OnGood(mayAppend);
        }

        Publish(entries, trimmed, replaced);
        PublishRelief(relief);
        if (_full)
        {
            LogFull(_options.MaxBytes);
        }

        _instruments.OnCommit(_time.GetElapsedTime(started), batch.Count);
        batch.ForEach(p => p.Complete());
    }

    /// <summary>Writes what regions have committed, and deletes some of what all of them have.</summary>
    private List<OffsetRange> SaveMarks(SqliteTransaction transaction)
    {
        List<OffsetRange> trim = [];
        List<(string Region, IReadOnlyList<OffsetRange> Ranges)> marks = [];
        lock (_lock)
        {
            if (!_marked)
            {
                return trim;
            }

            marks.AddRange(_committed.Select(c => (c.Key, Telling(c.Value))));
            var safe = _committed.Values.Aggregate(_kept, (all, c) => all.Intersect(c));
            var left = (long)MaxTrim;
            foreach (var range in safe.Ranges.TakeWhile(_ => left > 0))
            {
                trim.Add(range with { Last = Math.Min(range.Last, range.First + left - 1) });
                left -= range.Count;
            }

            // What is left over goes with the next commit.
            _marked = left < 0;
        }

        foreach (var (region, ranges) in marks)
        {
            var (gone, added) = _saved.Change(region, ranges);
            _writer.SaveCommitted(region, gone, added, transaction);
        }

        trim.ForEach(range => _writer.Delete(range, transaction));
        return trim;
    }

    private void Publish(List<JournalEntry> entries, IReadOnlyList<OffsetRange> trimmed, IReadOnlyList<OffsetRange> replaced)
    {
        var (appendedAt, now) = (_time.GetTimestamp(), _time.GetUtcNow());
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _newest.OnAppended(entry);
                _cache.Add(entry with { AppendedTimestamp = appendedAt, ReceivedTimestamp = appendedAt - WaitTicks(now - entry.ReceivedAt) });
                _kept.Add(new OffsetRange(entry.Offset, entry.Offset));
            }

            foreach (var range in trimmed.Concat(replaced))
            {
                _kept.Remove(range);
                Done(range);
            }

            if (entries.Count > 0)
            {
                Interlocked.Exchange(ref _next, entries[^1].Offset + 1);
                (signal, _appended) = (_appended, NewSignal());
            }
        }

        Witness();
        Observer?.OnAppended(entries);
        // First: what is both damaged and in every region is claimed by nobody.
        if (replaced.Count > 0)
        {
            Observer?.OnEvicted(replaced);
        }

        if (trimmed.Count > 0)
        {
            Observer?.OnSafe(trimmed, FirstOffset);
        }

        signal?.TrySetResult();
        if (_marked)
        {
            Wake();
        }
    }
}
