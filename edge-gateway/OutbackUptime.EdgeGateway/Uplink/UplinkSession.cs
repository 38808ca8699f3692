using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Grpc.Core;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Regions;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Telemetry;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// One connection's life: a single loop that feeds <see cref="UplinkSender"/> with what happens (receipts, appends, time) and
/// sends what it says. Nothing in the loop waits for the network.
/// </summary>
internal sealed class UplinkSession(
    UplinkConnection connection,
    UplinkSender sender,
    RegionChooser chooser,
    WedgeWatch watch,
    UplinkBudget budget,
    IUplinkJournal journal,
    UplinkOptions options,
    UplinkStatus status,
    SendTimes times,
    UplinkInstruments instruments,
    PacketTraces traces,
    SteadyClock clock,
    TimeProvider time,
    Random random,
    Func<CancellationToken, Task<bool>> probeHome,
    ILogger logger)
{
    private const int MaxReceived = 1024;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<bool> _homeProbes = new();

    // A region that talks more than it should waits: it is not read from while the queue is full.
    private readonly Channel<RegionMessage> _received = Channel.CreateBounded<RegionMessage>(new BoundedChannelOptions(MaxReceived) { SingleReader = true });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly BacklogPace _pace = new(options.BacklogBytesPerSecond, time);
    private readonly OffsetRangeSet[] _committed = [.. options.Regions.Keys.Select(sender.Committed)];
    private readonly Dictionary<ulong, Activity> _traced = [];
    private volatile string? _broken;
    private SessionEnd? _end;
    private bool _hasCommitted;
    private bool _held;

    public async Task<SessionEnd> RunAsync(CancellationToken stoppingToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        sender.OnTrimmed(journal.FirstOffset);
        sender.OnAppended(journal.NextOffset);
        sender.OnStreamUp(Limit(connection.Welcome.Credit), Limit(connection.Welcome.MaxFrameEntries), journal.NewestPackets());
        TakeStores(connection.Welcome.Stores);
        Task[] helpers = [ReceiveAsync(cancel.Token), WatchAppendsAsync(cancel.Token), TickAsync(cancel.Token), WatchHomeAsync(chooser.Current != chooser.Home, cancel.Token)];
        try
        {
            while (_end is null)
            {
                SendWhatMay();
                await _wake.Reader.ReadAsync(stoppingToken).ConfigureAwait(false);
                TakeReceived();
                Check();
            }

            return _end.Value;
        }
        finally
        {
            await cancel.CancelAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            EndFrames("the stream ended");
            await Task.WhenAll(helpers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void SendWhatMay()
    {
        sender.OnAppended(journal.NextOffset);
        sender.OnTrimmed(journal.FirstOffset);
        while (sender.Next(clock.Now, MayDrain()) is { } plan)
        {
            watch.OnSent(first: sender.Unheard == 1, clock.Now);
            var (frame, entries) = FrameBuilder.Build(
                plan, journal.Read(plan.Ranges, options.MaxFrameEntries, options.MaxFrameBytes), connection.Welcome.MaxFrameBytes);
            if (entries.Count == plan.Count || sender.Narrow(plan, entries.Select(e => e.Offset)) is { })
            {
                times.OnSent(entries, _committed);
                if (traces.StartFrame(frame, entries, connection.Welcome.Region) is { } span)
                {
                    _traced[frame.FrameId] = span;
                }

                connection.Send(frame);
                instruments.OnFrame(plan.IsLive);
                if (!plan.IsLive)
                {
                    _pace.OnSent(entries.Sum(e => (long)e.Payload.Length));
                }
            }
        }
    }

    private bool MayDrain() => !(_held = !_pace.Allows() || !budget.AllowsBacklog());

    private void TakeReceived()
    {
        while (_received.Reader.TryRead(out var message))
        {
            switch (message.BodyCase)
            {
                case RegionMessage.BodyOneofCase.Receipt:
                    TakeReceipt(message.Receipt);
                    break;
                case RegionMessage.BodyOneofCase.Farewell:
                    _end ??= new SessionEnd(_hasCommitted ? SessionEndKind.Farewell : SessionEndKind.TurnedAway, message.Farewell.Reason);
                    break;
            }
        }
    }

    private void TakeReceipt(Receipt receipt)
    {
        var now = clock.Now;
        var answer = receipt.Status switch
        {
            ReceiptStatus.Partial => FrameAnswer.Partial,
            ReceiptStatus.Final => FrameAnswer.Final,
            ReceiptStatus.Rejected => FrameAnswer.Rejected,
            _ => FrameAnswer.Retry,
        };
        watch.OnReceipt(sender.SentAt(receipt.FrameId), now);
        foreach (var news in sender.OnReceipt(receipt.FrameId, answer, receipt.CommittedRegions, now, random.NextDouble()))
        {
            journal.MarkCommitted(news.Region, news.Ranges);
            times.OnCommitted(news.Ranges, news.Region);
            instruments.OnCommitted(news.Region, news.Ranges.Sum(r => r.Count));
            chooser.OnCommit();
            status.OnCommit(time.GetUtcNow());
            watch.OnMoved(now);
            _hasCommitted = true;
        }

        EndFrame(receipt, answer);
        if (answer == FrameAnswer.Rejected)
        {
            UplinkSessionLog.Rejected(logger, receipt.FrameId, receipt.Detail);
            status.OnRejected(sender.Rejected);
            instruments.OnRejected();
            // Each entry is refused once: that is movement.
            watch.OnMoved(now);
        }

        if (receipt.Credit > 0)
        {
            sender.OnCredit(Limit(receipt.Credit));
        }

        TakeStores(receipt.Stores);
    }

    private void EndFrame(Receipt receipt, FrameAnswer answer)
    {
        if (answer == FrameAnswer.Partial || !_traced.Remove(receipt.FrameId, out var span))
        {
            return;
        }

        span.SetTag("outback.committed_regions", string.Join(',', receipt.CommittedRegions));
        span.SetStatus(answer == FrameAnswer.Final ? ActivityStatusCode.Unset : ActivityStatusCode.Error, receipt.Detail);
        span.Dispose();
    }

    private void EndFrames(string reason)
    {
        foreach (var span in _traced.Values)
        {
            span.SetStatus(ActivityStatusCode.Error, reason);
            span.Dispose();
        }

        _traced.Clear();
    }

    private void TakeStores(IEnumerable<StoreState> stores)
    {
        foreach (var store in stores)
        {
            sender.OnStoreState(store.Region, store.Available);
            status.OnStore(store.Region, store.Available);
        }
    }

    private void Check()
    {
        var now = clock.Now;
        if (_broken is { } reason)
        {
            _end ??= new SessionEnd(SessionEndKind.Failed, reason);
        }
        else if (TakeHomeProbes(now))
        {
            _end ??= new SessionEnd(SessionEndKind.GoingHome, "home is healthy again");
        }
        else if (watch.Check(sender.Unheard, Owes(now), now) is not WedgeKind.None and var wedge)
        {
            _end ??= wedge == WedgeKind.Silence
                ? new SessionEnd(SessionEndKind.Wedged, $"connected, but nothing was committed or even answered for {watch.SilenceLimit.TotalSeconds:0.#} s", wedge)
                : new SessionEnd(SessionEndKind.Wedged, $"connected, but nothing was committed for {watch.StandstillLimit.TotalSeconds:0.#} s", wedge);
        }
        else if (sender.OnTick(now, watch.AnswerLimit(options.FrameTimeout), onlyHeardOf: watch.IsSilentFor(options.FrameTimeout, now)) > 0)
        {
            _end ??= new SessionEnd(SessionEndKind.Failed, $"a frame was not answered within {options.FrameTimeout.TotalSeconds} s");
        }
    }

    /// <summary>Whether the region has a reason to commit something. Backlog that the gateway itself holds back is none.</summary>
    private bool Owes(DateTimeOffset now) => !(_held && sender.InFlight == 0 && sender.PausedUntil <= now) && sender.OwesReachable;

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in connection.ReadAsync().ConfigureAwait(false))
            {
                await _received.Writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
                _wake.Writer.TryWrite(true);
            }

            _broken = "the region ended the stream";
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            _broken = e is RpcException { Status: var s } ? $"{s.StatusCode}: {s.Detail}" : e.Message;
        }

        _wake.Writer.TryWrite(true);
    }

    private async Task WatchAppendsAsync(CancellationToken cancellationToken)
    {
        var seen = journal.NextOffset;
        while (true)
        {
            await journal.WaitForAppendAsync(seen, cancellationToken).ConfigureAwait(false);
            // Before the wake-up: what comes after this must wake the loop once more.
            seen = journal.NextOffset;
            _wake.Writer.TryWrite(true);
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_tick, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            _wake.Writer.TryWrite(true);
        }
    }

    // Unset is 0 on the wire; a region that says nothing takes one at a time.
    private static int Limit(uint named) => (int)Math.Clamp(named, 1, int.MaxValue);

    private bool TakeHomeProbes(DateTimeOffset now)
    {
        while (_homeProbes.TryDequeue(out var healthy))
        {
            if (chooser.OnHomeProbe(healthy, now))
            {
                return true;
            }
        }

        return false;
    }

    private async Task WatchHomeAsync(bool away, CancellationToken cancellationToken)
    {
        var pace = new HomeProbePace(options.HomeProbeInterval, options.LongestHomeProbeInterval, random);
        while (away)
        {
            await Task.Delay(pace.Next(), time, cancellationToken).ConfigureAwait(false);
            var healthy = await probeHome(cancellationToken).ConfigureAwait(false);
            pace.OnProbe(healthy);
            _homeProbes.Enqueue(healthy);
            _wake.Writer.TryWrite(true);
        }
    }
}
