using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Grains.Alerting;

namespace OutbackUptime.Silo.Alerting;

/// <summary>
/// Sends notices from a bounded queue: per contact and channel asks the ledger whether it was delivered, tries with backoff and
/// jitter, writes down what became of it. A stop leaves what is queued undelivered and unrecorded: the watch that takes over asks
/// the ledger and sends it.
/// </summary>
internal sealed partial class NoticeSender : BackgroundService, INoticeSender
{
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromMinutes(1);

    private readonly AlertingOptions _options;
    private readonly IReadOnlyList<INoticeChannel> _channels;
    private readonly INoticeLedger _ledger;
    private readonly AlertingInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<NoticeSender> _logger;
    private readonly Channel<(Notice Notice, string Contact, INoticeChannel Channel, string Address)> _queue;
    private readonly ConcurrentDictionary<string, bool> _underway = new(StringComparer.Ordinal);
    private readonly Lock _enqueuing = new();

    public NoticeSender(
        IOptions<AlertingOptions> options, IEnumerable<INoticeChannel> channels, INoticeLedger ledger, AlertingInstruments instruments, TimeProvider time, Random random, ILogger<NoticeSender> logger)
    {
        _options = options.Value;
        _channels = [.. channels];
        _ledger = ledger;
        _instruments = instruments;
        _time = time;
        _random = random;
        _logger = logger;
        _queue = Channel.CreateBounded<(Notice, string, INoticeChannel, string)>(_options.QueueSize);
    }

    /// <inheritdoc/>
    public bool TrySend(Notice notice, IReadOnlyList<string> contacts)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(contacts);
        var orders = Orders(notice, contacts);

        // All or nothing: half a notice would be told twice when the watch tries again.
        lock (_enqueuing)
        {
            if (_queue.Reader.Count + orders.Count > _options.QueueSize)
            {
                _instruments.OnRefused();
                LogRefused(notice.Station, notice.AlertId);
                return false;
            }

            foreach (var order in orders.Where(o => _underway.TryAdd(notice.IdempotencyKey(Named(o.Channel, o.Contact)), true)))
            {
                _queue.Writer.TryWrite(order);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _options.Parallel).Select(_ => SendAllAsync(stoppingToken)));

    private static string Named(INoticeChannel channel, string contact) => $"{channel.Name}/{contact}";

    private List<(Notice Notice, string Contact, INoticeChannel Channel, string Address)> Orders(Notice notice, IReadOnlyList<string> contacts)
    {
        List<(Notice, string, INoticeChannel, string)> orders = [];
        foreach (var contact in contacts.Distinct(StringComparer.Ordinal))
        {
            if (!_options.Contacts.TryGetValue(contact, out var how))
            {
                LogNobody(notice.Station, notice.AlertId, contact);
                continue;
            }

            orders.AddRange(_channels.Where(c => c.AddressOf(how) is not null).Select(c => (notice, contact, c, c.AddressOf(how)!)));
        }

        return orders;
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (notice, contact, channel, address) in _queue.Reader.ReadAllAsync(stop))
            {
                var named = Named(channel, contact);
                try
                {
                    await SendAsync(notice, named, channel, address, stop);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
                {
                    // One odd notice must not end the sending of all others.
                    _instruments.OnNotice(channel.Name, "failed");
                    LogFailed(notice.Station, notice.AlertId, named, e.GetType().Name);
                }
                finally
                {
                    _underway.TryRemove(notice.IdempotencyKey(named), out _);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task SendAsync(Notice notice, string named, INoticeChannel channel, string address, CancellationToken stop)
    {
        if (await WasDeliveredAsync(notice, named, stop))
        {
            _instruments.OnNotice(channel.Name, "known");
            return;
        }

        var key = notice.IdempotencyKey(named);
        var outcome = await TryAsync(notice, channel, address, key, stop);
        for (var (attempt, wait) = (1, _options.FirstBackoff); outcome.Retry && attempt < _options.Attempts; attempt++, wait = wait * 2 < s_longestBackoff ? wait * 2 : s_longestBackoff)
        {
            await Task.Delay(wait * (0.5 + Jitter()), _time, stop);
            outcome = await TryAsync(notice, channel, address, key, stop);
        }

        _instruments.OnNotice(channel.Name, outcome.Delivered ? "delivered" : "failed");
        if (outcome.Delivered)
        {
            LogDelivered(notice.Station, notice.AlertId, notice.KindName, notice.Level, named);
        }
        else
        {
            LogFailed(notice.Station, notice.AlertId, named, outcome.Detail);
        }

        await _ledger.RecordAsync(notice, named, outcome.Delivered, _time.GetUtcNow(), outcome.Detail, stop);
    }

    private async Task<NoticeOutcome> TryAsync(Notice notice, INoticeChannel channel, string address, string key, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            return await channel.SendAsync(notice, address, key, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return NoticeOutcome.Later($"no answer in {_options.Timeout}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NoticeOutcome.Later($"a secret can't be read: {e.GetType().Name}");
        }
    }

    private async Task<bool> WasDeliveredAsync(Notice notice, string named, CancellationToken stop)
    {
        try
        {
            return await _ledger.WasDeliveredAsync(notice, named, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            LogUnsure(notice.Station, notice.AlertId, named, e.GetType().Name);
            return false;
        }
    }

    private double Jitter()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
