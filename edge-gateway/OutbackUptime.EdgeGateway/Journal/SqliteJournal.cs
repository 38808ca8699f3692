using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The gateway's durable log. One writer commits what all hubs have published meanwhile in one transaction: boots, entries, what
/// regions have committed, and the trim of what all of them have.
/// </summary>
internal sealed partial class SqliteJournal : BackgroundService, IPacketJournal, IUplinkJournal
{
    /// <summary>Entries trimmed in one commit at most: deleting must not hold up PUBACKs.</summary>
    private const int MaxTrim = 5000;

    private static readonly TimeSpan s_markLinger = TimeSpan.FromMilliseconds(100);

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
    private JournalDatabase _writer;
    private JournalDatabase _reader;
    private OffsetRangeSet _kept;
    private readonly Dictionary<string, HubBoots> _hubs = new(StringComparer.Ordinal);
    private readonly (long Offset, DateTimeOffset At, long Timestamp) _opened;
    private TaskCompletionSource _appended = NewSignal();
    private bool _marked;
    private int _wakeQueued;
    private long _next;
    private bool _full;
    private long _usedBytes;

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
        (_writer, _reader, _kept, _committed, _next) = (opened.Writer, opened.Reader, opened.Kept, opened.Committed, opened.Next);
        _opened = (_next, time.GetUtcNow(), time.GetTimestamp());
        OnSalvaged(opened.Salvage);
        Witness();
        _ballast.Take();
        instruments.ObserveStorage(() => _health.Status.Trouble);
        instruments.ObserveDepth(() => Depth);
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

    /// <summary>Bytes in use; as last seen while the file is being read or salvaged.</summary>
    public long UsedBytes
    {
        get
        {
            if (_readLock.TryEnter())
            {
                try
                {
                    _usedBytes = _isClosed ? _usedBytes : _reader.UsedBytes;
                }
                catch (SqliteException)
                {
                    // The disk is in trouble: who asks wants to see that, not an error.
                }
                finally
                {
                    _readLock.Exit();
                }
            }

            return Interlocked.Read(ref _usedBytes);
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

    /// <summary>journal.db in the data directory.</summary>
    public static string PathOf(GatewayOptions gateway) => Path.Combine(gateway.DataDirectory, "journal.db");

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(IncomingPacket packet)
    {
        var pending = new PendingAppend(packet, _time.GetUtcNow());
        try
        {
            await _queue.Writer.WriteAsync(pending).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new JournalException("The gateway is stopping.", e);
        }

        return await pending.Done.ConfigureAwait(false);
    }

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
    public IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes)
    {
        var result = new List<JournalEntry>();
        var bytes = 0L;
        foreach (var entry in ranges.SelectMany(r => ReadRange(r, maxEntries)))
        {
            bytes += entry.Payload.Length;
            if (result.Count == maxEntries || (result.Count > 0 && bytes > maxBytes))
            {
                break;
            }

            result.Add(entry);
        }

        return result;
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
            var linger = batch.Count == 0 ? s_markLinger : _options.Linger;
            if (linger > TimeSpan.Zero && !stoppingToken.IsCancellationRequested)
            {
                await LingerAsync(batch, linger, stoppingToken).ConfigureAwait(false);
            }

            Commit(batch);
            batch.Clear();
        }

        Commit(batch);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task LingerAsync(List<PendingAppend> batch, TimeSpan linger, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pause = Task.Delay(linger, _time, end.Token);
        // Marks alone wait for packets, which then take them along; packets with a linger wait it out.
        var onlyMarks = batch.Count == 0;
        while (!pause.IsCompleted && batch.Count < _options.MaxBatch && !(onlyMarks && batch.Count > 0))
        {
            var more = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(more, pause).ConfigureAwait(false) == pause || !await more.ConfigureAwait(false))
            {
                break;
            }

            Gather(batch);
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    private void Gather(List<PendingAppend> batch)
    {
        while (batch.Count < _options.MaxBatch && _queue.Reader.TryRead(out var pending))
        {
            if (pending is null)
            {
                Interlocked.Exchange(ref _wakeQueued, 0);
            }
            else
            {
                batch.Add(pending);
            }
        }
    }

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
            if (batch.Count == 0 && !_marked && _damaged.Count == 0 && wait is null)
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
        var started = _time.GetTimestamp();
        List<JournalEntry> entries = [];
        IReadOnlyList<OffsetRange> trimmed;
        _full = _writer.UsedBytes >= _options.MaxBytes;
        using (var transaction = _writer.Begin())
        {
            // A disk that was full is first given the chance to be trimmed.
            var mayAppend = !isTrial || _health.Status.Trouble != StorageTrouble.Full || HasRoom();
            foreach (var pending in batch)
            {
                pending.Result = mayAppend ? Take(pending, entries, transaction) : new AppendResult(AppendStatus.QuotaExceeded);
            }

            var replaced = ReplaceDamaged(entries, transaction);
            lock (_lock)
            {
                _marked |= isTrial;
            }

            trimmed = [.. SaveMarks(transaction), .. replaced];
            transaction.Commit();
            OnReplaced(replaced);
            OnGood(mayAppend);
        }

        Publish(entries, trimmed);
        if (_full)
        {
            LogFull(_options.MaxBytes);
        }

        _instruments.OnCommit(_time.GetElapsedTime(started), batch.Count);
        batch.ForEach(p => p.Complete());
    }

    /// <summary>Decides about a packet and writes its entry, all within the transaction.</summary>
    private AppendResult Take(PendingAppend pending, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        if (_full)
        {
            return new AppendResult(AppendStatus.QuotaExceeded);
        }

        if (pending.Packet.Packet is not { } packet)
        {
            return Quarantine(pending, pending.Packet.Fault!, entries, transaction);
        }

        if (!_hubs.TryGetValue(pending.Packet.Hub, out var hub))
        {
            _hubs[pending.Packet.Hub] = hub = _writer.LoadHub(pending.Packet.Hub, transaction);
        }

        var hash = PacketParser.Hash(pending.Packet.Payload.Span);
        var decision = hub.Decide(packet.Seq, packet.Boot, hash, pending.ReceivedAt, _random);
        switch (decision.Outcome)
        {
            case BootOutcome.Duplicate:
                return new AppendResult(AppendStatus.Duplicate);
            case BootOutcome.Conflict:
                return Quarantine(pending, new PacketFault(FaultCodes.KeyConflict, $"Another payload holds boot {decision.Boot}, seq {packet.Seq} of this hub."), entries, transaction);
            default:
                hub.Apply(decision, packet.Seq, hash);
                var offset = Insert(new JournalEntry(0, JournalEntryKind.Packet, pending.Packet.Hub, decision.Boot, decision.Assigned, packet.Seq, pending.ReceivedAt, 0, pending.Packet.Payload, "", "", ""), entries, transaction);
                _writer.SaveHub(hub.Assigned, hub.Members, new RecentRow(pending.Packet.Hub, new RecentPacket(decision.Boot, packet.Seq, hash), offset), transaction);
                return new AppendResult(AppendStatus.Accepted);
        }
    }

    private AppendResult Quarantine(PendingAppend pending, PacketFault fault, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        Insert(
            new JournalEntry(0, JournalEntryKind.Quarantine, pending.Packet.Hub, 0, false, 0, pending.ReceivedAt, 0, pending.Packet.Payload, pending.Packet.Topic, fault.Code, fault.Reason),
            entries,
            transaction);
        return new AppendResult(AppendStatus.Quarantined, fault);
    }

    private long Insert(JournalEntry entry, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        var placed = entry with { Offset = _writer.Insert(entry, transaction) };
        entries.Add(placed);
        return placed.Offset;
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

            marks.AddRange(_committed.Select(c => (c.Key, (IReadOnlyList<OffsetRange>)[.. c.Value.Ranges])));
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
            _writer.SaveCommitted(region, ranges, transaction);
        }

        trim.ForEach(range => _writer.Delete(range, transaction));
        return trim;
    }

    private void Publish(List<JournalEntry> entries, IReadOnlyList<OffsetRange> trimmed)
    {
        var appendedAt = _time.GetTimestamp();
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _cache.Add(entry with { AppendedTimestamp = appendedAt });
                _kept.Add(new OffsetRange(entry.Offset, entry.Offset));
            }

            foreach (var range in trimmed)
            {
                _kept.Remove(range);
                // What is not there any more is owed to nobody.
                foreach (var committed in _committed.Values)
                {
                    committed.Add(range);
                }
            }

            if (entries.Count > 0)
            {
                Interlocked.Exchange(ref _next, entries[^1].Offset + 1);
                (signal, _appended) = (_appended, NewSignal());
            }
        }

        Witness();
        signal?.TrySetResult();
        if (_marked)
        {
            Wake();
        }
    }

    /// <summary>Makes a commit soon. A full queue is no loss: its packets make one, which takes the marks along.</summary>
    private void Wake()
    {
        if (Interlocked.Exchange(ref _wakeQueued, 1) == 0 && !_queue.Writer.TryWrite(null))
        {
            Interlocked.Exchange(ref _wakeQueued, 0);
        }
    }

    private IReadOnlyList<JournalEntry> ReadRange(OffsetRange range, int maxEntries)
    {
        lock (_lock)
        {
            if (range.First >= _cache.First)
            {
                var cached = new List<JournalEntry>();
                for (var offset = range.First; offset <= range.Last && cached.Count < maxEntries; offset++)
                {
                    if (_kept.Contains(offset) && _cache.Find(offset) is { } entry)
                    {
                        cached.Add(entry);
                    }
                }

                return cached;
            }
        }

        return ReadFile(range, maxEntries);
    }

    // An entry of this process that has left the cache: its receipt time tells when it was appended, near enough.
    private long AppendedTimestamp(long offset, DateTimeOffset receivedAt) =>
        offset < _opened.Offset ? 0 : _opened.Timestamp + (long)((receivedAt - _opened.At).TotalSeconds * _time.TimestampFrequency);
}
