using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal.Overflow;
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

    // How far backlog is told by hub: a few hundred kilobytes of memory, and some ten milliseconds of reading.
    private const int MaxRuns = 4096;
    private const int MaxRunEntries = 32_768;
    /// <summary>Hubs whose recent packets are kept in memory; others are read again.</summary>
    private const int MaxHubs = 4096;

    private static readonly TimeSpan s_markLinger = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_crowdLinger = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(10);

    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly JournalInstruments _instruments;
    private readonly ILogger _logger;
    private readonly JournalDatabase _writer;
    private readonly JournalDatabase _reader;
    private readonly Lock _readLock = new();
    private readonly Lock _lock = new();
    private readonly Channel<PendingAppend?> _queue;
    private readonly Dictionary<string, OffsetRangeSet> _committed;
    private readonly OffsetRangeSet _kept;
    private readonly EntryCache _cache;
    private readonly NewestPackets _newest;
    private readonly SavedRanges _saved = new();
    private readonly Dictionary<string, HubBoots> _hubs = new(StringComparer.Ordinal);
    private readonly HubClocks _clocks;
    private readonly (long Offset, DateTimeOffset At, long Timestamp) _opened;
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource _appended = NewSignal();
    private long _lastCommit = long.MinValue / 2;
    private bool _marked;
    private int _wakeQueued;
    private long _next;
    private bool _full;
    private bool _isCrowded;

    public SqliteJournal(
        IOptions<GatewayOptions> gateway, IOptions<JournalOptions> options, IOptions<UplinkOptions> uplink, TimeProvider time, Random random, JournalInstruments instruments, ILogger<SqliteJournal> logger)
    {
        (_options, _time, _random, _instruments, _logger) = (options.Value, time, random, instruments, logger);
        var path = PathOf(gateway.Value);
        Directory.CreateDirectory(gateway.Value.DataDirectory);
        _writer = JournalDatabase.Open(path, gateway.Value.Station);
        _reader = JournalDatabase.Open(path, gateway.Value.Station);
        _queue = Channel.CreateBounded<PendingAppend?>(new BoundedChannelOptions(_options.MaxQueued) { SingleReader = true });
        _cache = new EntryCache(_options.CachedEntries);
        _clocks = new HubClocks(_writer);
        _kept = _writer.LoadKept();
        _next = _writer.NextOffset;
        _newest = new NewestPackets(LoadNewest, _next);
        _committed = uplink.Value.Regions.Keys.ToDictionary(r => r, _writer.LoadCommitted, StringComparer.Ordinal);
        DropMissing();
        (_relief, _budget) = (new OverflowRelief(_options.Limits, _writer), OpenBudget());
        instruments.ObserveDarkDays(() => DarkDaysLeft);
        _opened = (_next, time.GetUtcNow(), time.GetTimestamp());
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

    /// <summary>Bytes in use.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_readLock)
            {
                return _reader.UsedBytes;
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
        var pending = new PendingAppend(packets, _time.GetUtcNow());
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
    public IReadOnlyList<long> NewestPackets() => _newest.All();

    /// <inheritdoc/>
    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range)
    {
        lock (_readLock)
        {
            return _reader.ReadRuns(range, MaxRuns, MaxRunEntries);
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
        _writer.Dispose();
        _reader.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not by the token: what was taken in is committed before the loop ends, when StopAsync has closed the queue.
        var batch = new List<PendingAppend>();
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            Gather(batch);
            await PauseAsync(batch).ConfigureAwait(false);
            _isCrowded = batch.Count > 1;
            Commit(batch);
            batch.Clear();
        }

        Commit(batch);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// A commit after a pause starts at once; the next one no sooner than the linger after it, and takes along what came meanwhile.
    /// While packets come in crowds, commits (and so frames and receipts) of a crowd each cost less CPU and flash than one for
    /// every packet or two. Marks alone wait longer, for packets that take them along.
    /// </summary>
    private async Task PauseAsync(List<PendingAppend> batch)
    {
        while (batch.Count < _options.MaxBatch && !_closing.IsCancellationRequested)
        {
            // Where commits are to be few, marks go along with the next packets, if any come.
            var gap = batch.Count == 0 ? s_markLinger + (3 * _options.Linger) : _isCrowded && _options.Linger < s_crowdLinger ? s_crowdLinger : _options.Linger;
            var left = gap - _time.GetElapsedTime(_lastCommit);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            // In slices: a long linger must not hold up a batch that is full, nor packets that come after marks.
            var slice = gap / 10 > s_slice ? gap / 10 : s_slice;
            await Task.Delay(left < slice ? left : slice, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Gather(batch);
        }
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
        if (batch.Count == 0 && !_marked && !_relief.IsUnderWay)
        {
            return;
        }

        var started = _lastCommit = _time.GetTimestamp();
        List<JournalEntry> entries = [];
        IReadOnlyList<OffsetRange> trimmed;
        Relief? relief;
        try
        {
            var used = _writer.UsedBytes;
            _full = _relief.Refuses(used);
            using var transaction = _writer.Begin();
            foreach (var pending in batch)
            {
                pending.Results = TakeAll(pending, entries, transaction);
            }

            trimmed = SaveMarks(transaction);
            relief = Relieve(used, trimmed, entries, transaction);
            transaction.Commit();
            _saved.OnCommitted();
        }
        catch (SqliteException e)
        {
            _saved.OnFailed();
            // What was decided in memory is not what the file says any more.
            _hubs.Clear();
            _relief.OnFailed();
            _clocks.Clear();
            lock (_lock)
            {
                _marked = true;
            }

            _instruments.OnFailed();
            LogFailed(batch.Count, e.Message);
            var error = new JournalException($"The journal could not be written: {e.Message}", e);
            batch.ForEach(p => p.Fail(error));
            return;
        }

        Publish(entries, trimmed);
        PublishRelief(relief);
        if (_full)
        {
            LogFull(_options.MaxBytes);
        }

        _instruments.OnCommit(_time.GetElapsedTime(started), batch.Count);
        batch.ForEach(p => p.Complete());
    }

    private List<AppendResult> TakeAll(PendingAppend pending, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        List<AppendResult> results = new(pending.Packets.Count);
        foreach (var packet in pending.Packets)
        {
            results.Add(packet.Accompanies && results.TrueForAll(r => r.Status != AppendStatus.Accepted)
                ? new AppendResult(_full ? AppendStatus.QuotaExceeded : AppendStatus.Duplicate)
                : Take(packet, pending.ReceivedAt, entries, transaction));
        }

        return results;
    }

    /// <summary>Decides about a packet and writes its entry, all within the transaction.</summary>
    private AppendResult Take(IncomingPacket incoming, DateTimeOffset receivedAt, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        if (_full)
        {
            return new AppendResult(AppendStatus.QuotaExceeded);
        }

        if (incoming.Packet is not { } packet)
        {
            return Quarantine(incoming, receivedAt, incoming.Fault!, entries, transaction);
        }

        if (!_hubs.TryGetValue(incoming.Hub, out var hub))
        {
            if (_hubs.Count >= MaxHubs)
            {
                _hubs.Clear();
            }

            _hubs[incoming.Hub] = hub = _writer.LoadHub(incoming.Hub, transaction);
        }

        var (decision, seq, hash) = Decide(hub, incoming, packet, receivedAt);
        switch (decision.Outcome)
        {
            case BootOutcome.Duplicate:
                return new AppendResult(AppendStatus.Duplicate);
            case BootOutcome.Conflict:
                return Quarantine(incoming, receivedAt, new PacketFault(FaultCodes.KeyConflict, $"Another payload holds boot {decision.Boot}, seq {seq} of this hub."), entries, transaction);
            default:
                hub.Apply(decision, seq, hash);
                _writer.SaveHub(incoming.Hub, hub.Assigned, new RecentPacket(decision.Boot, seq, hash), transaction);
                if (decision.Wrapped is { } wrapped)
                {
                    _writer.SaveWrapped(incoming.Hub, wrapped, transaction);
                }

                var payload = incoming.Unnumbered is null ? incoming.Payload : PacketWriter.Write(packet with { Seq = seq });
                var repaired = _clocks.Repair(incoming.Hub, decision.Boot, seq, packet.HubTime, receivedAt, transaction);
                Insert(new JournalEntry(0, JournalEntryKind.Packet, incoming.Hub, decision.Boot, decision.Assigned, seq, receivedAt, 0, payload, "", "", "") { RepairedTime = repaired }, entries, transaction);
                return new AppendResult(AppendStatus.Accepted);
        }
    }

    private (BootDecision Decision, long Seq, ulong Hash) Decide(HubBoots hub, IncomingPacket incoming, Packet packet, DateTimeOffset receivedAt)
    {
        if (incoming.Unnumbered is { } unnumbered)
        {
            var (decision, seq) = hub.Number(unnumbered, receivedAt, _random);
            return (decision, seq, unnumbered.Identity);
        }

        var hash = PacketParser.Hash(incoming.Payload.Span);
        return (hub.Decide(packet.Seq, packet.Boot, hash, receivedAt, _random), packet.Seq, hash);
    }

    private AppendResult Quarantine(IncomingPacket incoming, DateTimeOffset receivedAt, PacketFault fault, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        Insert(
            new JournalEntry(0, JournalEntryKind.Quarantine, incoming.Hub, 0, false, 0, receivedAt, 0, incoming.Payload, incoming.Topic, fault.Code, fault.Reason),
            entries,
            transaction);
        return new AppendResult(AppendStatus.Quarantined, fault);
    }

    private void Insert(JournalEntry entry, List<JournalEntry> entries, SqliteTransaction transaction) =>
        entries.Add(entry with { Offset = _writer.Insert(entry, transaction) });

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

    private void Publish(List<JournalEntry> entries, IReadOnlyList<OffsetRange> trimmed)
    {
        var appendedAt = _time.GetTimestamp();
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _newest.OnAppended(entry);
                _cache.Add(entry with { AppendedTimestamp = appendedAt });
                _kept.Add(new OffsetRange(entry.Offset, entry.Offset));
            }

            foreach (var range in trimmed)
            {
                _kept.Remove(range);
            }

            if (entries.Count > 0)
            {
                Interlocked.Exchange(ref _next, entries[^1].Offset + 1);
                (signal, _appended) = (_appended, NewSignal());
            }
        }

        Observer?.OnAppended(entries);
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

        lock (_readLock)
        {
            return _reader.Read(range, maxEntries, AppendedTimestamp);
        }
    }

    private IReadOnlyList<(string Hub, long Offset)> LoadNewest(long first)
    {
        lock (_readLock)
        {
            return _reader.LoadNewest(first);
        }
    }

    // An entry of this process that has left the cache: its receipt time tells when it was appended, near enough.
    private long AppendedTimestamp(long offset, DateTimeOffset receivedAt) =>
        offset < _opened.Offset ? 0 : _opened.Timestamp + (long)((receivedAt - _opened.At).TotalSeconds * _time.TimestampFrequency);
}
