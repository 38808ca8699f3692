using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using OutbackUptime.Domain.Regions;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;
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
    IUplinkJournal journal,
    UplinkOptions options,
    UplinkStatus status,
    SendTimes times,
    UplinkInstruments instruments,
    TimeProvider time,
    Random random,
    Func<CancellationToken, Task<bool>> probeHome,
    ILogger logger)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<bool> _homeProbes = new();

    // At most one message per frame in flight comes in, plus wake-ups, of which one waits at a time.
    private readonly Channel<RegionMessage> _received = Channel.CreateUnbounded<RegionMessage>(new() { SingleReader = true });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly BacklogPace _pace = new(options.BacklogBytesPerSecond, time);
    private DateTimeOffset _progressAt = time.GetUtcNow();
    private volatile string? _broken;
    private SessionEnd? _end;

    public async Task<SessionEnd> RunAsync(CancellationToken stoppingToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        sender.OnTrimmed(journal.FirstOffset);
        sender.OnAppended(journal.NextOffset);
        sender.OnStreamUp((int)connection.Welcome.Credit, (int)connection.Welcome.MaxFrameEntries);
        TakeStores(connection.Welcome.Stores);
        Task[] helpers = [ReceiveAsync(), WatchAppendsAsync(cancel.Token), TickAsync(cancel.Token), WatchHomeAsync(chooser.Current != chooser.Home, cancel.Token)];
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
            await Task.WhenAll(helpers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void SendWhatMay()
    {
        sender.OnAppended(journal.NextOffset);
        sender.OnTrimmed(journal.FirstOffset);
        while (sender.Next(time.GetUtcNow(), _pace.Allows()) is { } plan)
        {
            if (sender.InFlight == 1)
            {
                // Nothing was in flight: the watermark had no reason to move until now.
                _progressAt = time.GetUtcNow();
            }

            var entries = journal.Read(plan.Ranges, options.MaxFrameEntries, options.MaxFrameBytes);
            if (entries.Count == plan.Count || sender.Narrow(plan, entries.Select(e => e.Offset)) is { })
            {
                times.OnSent(entries);
                connection.Send(FrameBuilder.Build(plan, entries));
                instruments.OnFrame(plan.IsLive);
                if (!plan.IsLive)
                {
                    _pace.OnSent(entries.Sum(e => (long)e.Payload.Length));
                }
            }
        }
    }

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
                    _end ??= new SessionEnd(SessionEndKind.Farewell, message.Farewell.Reason);
                    break;
            }
        }
    }

    private void TakeReceipt(Receipt receipt)
    {
        var now = time.GetUtcNow();
        var answer = receipt.Status switch
        {
            ReceiptStatus.Partial => FrameAnswer.Partial,
            ReceiptStatus.Final => FrameAnswer.Final,
            ReceiptStatus.Rejected => FrameAnswer.Rejected,
            _ => FrameAnswer.Retry,
        };
        foreach (var news in sender.OnReceipt(receipt.FrameId, answer, receipt.CommittedRegions, now, random.NextDouble()))
        {
            journal.MarkCommitted(news.Region, news.Ranges);
            times.OnCommitted(news.Ranges);
            instruments.OnCommitted(news.Region, news.Ranges.Sum(r => r.Count));
            chooser.OnCommit();
            status.OnCommit(now);
            _progressAt = now;
        }

        if (answer == FrameAnswer.Rejected)
        {
            UplinkSessionLog.Rejected(logger, receipt.FrameId, receipt.Detail);
            status.OnRejected(sender.Rejected);
            // The region reads and answers: that is movement.
            _progressAt = now;
        }

        if (receipt.Credit > 0)
        {
            sender.OnCredit((int)receipt.Credit);
        }

        TakeStores(receipt.Stores);
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
        var now = time.GetUtcNow();
        if (_broken is { } reason)
        {
            _end ??= new SessionEnd(SessionEndKind.Failed, reason);
        }
        else if (TakeHomeProbes(now))
        {
            _end ??= new SessionEnd(SessionEndKind.GoingHome, "home is healthy again");
        }
        else if (sender.OnTick(now) > 0)
        {
            _end ??= new SessionEnd(SessionEndKind.Failed, $"a frame was not answered within {options.FrameTimeout.TotalSeconds} s");
        }
        else if ((sender.InFlight > 0 || sender.PausedUntil > now) && chooser.IsWedged(_progressAt, now))
        {
            _end ??= new SessionEnd(SessionEndKind.Wedged, $"connected, but nothing was committed for {options.WedgeTimeout.TotalSeconds} s");
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await foreach (var message in connection.ReadAsync().ConfigureAwait(false))
            {
                _received.Writer.TryWrite(message);
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
        while (true)
        {
            await journal.WaitForAppendAsync(journal.NextOffset, cancellationToken).ConfigureAwait(false);
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
        using var timer = new PeriodicTimer(options.HomeProbeInterval, time);
        while (away && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            _homeProbes.Enqueue(await probeHome(cancellationToken).ConfigureAwait(false));
            _wake.Writer.TryWrite(true);
        }
    }
}
