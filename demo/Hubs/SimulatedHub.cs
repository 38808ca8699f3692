using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet.Formatter;

namespace OutbackUptime.Demo.Hubs;

/// <summary>
/// One hub: measures on time whatever the radio does, keeps what is unacknowledged, sends it in order, one packet in flight,
/// and again after a reconnect until the PUBACK comes.
/// </summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    private const byte QuotaExceeded = 0x97;
    private const byte PayloadFormatInvalid = 0x99;
    private readonly string _station;
    private readonly HubTarget _hub;
    private readonly HubFleetOptions _options;
    private readonly PacketSource _source;
    private readonly HubFlash _flash;
    private readonly HubConnection _connection;
    private readonly RecordFile _record;
    private readonly HubFleetCounters _counters;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly Queue<HubPacket> _acknowledged = new();
    private readonly DateTimeOffset _startedAt;
    private HubPacket? _noted;

    public SimulatedHub(
        GatewayTarget gateway, HubTarget hub, X509Certificate2? authority, HubFleetOptions options, RecordFile record, HubFleetCounters counters, TimeProvider time)
    {
        _station = gateway.Station;
        _hub = hub;
        _options = options;
        _record = record;
        _counters = counters;
        _time = time;
        _startedAt = time.GetUtcNow();
        _source = new PacketSource(gateway.Station, hub, options, _startedAt);
        _flash = new HubFlash(options.FlashPackets);
        var id = (int)PacketHash.OfBytes(Encoding.UTF8.GetBytes($"{gateway.Station}/{hub.Id}"));
        _jitter = new Random(id ^ options.Seed);
        _connection = new HubConnection(gateway, hub, authority, id % 2 == 0 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500, options.AckTimeout);
    }

    /// <summary>
    /// Runs until <paramref name="stop"/>: then nothing new is measured or sent, and the packet in flight is awaited until <paramref name="abort"/>.
    /// </summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var measuring = MeasureAsync(stop);
        try
        {
            await SendAsync(stop, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await measuring.ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task MeasureAsync(CancellationToken stop)
    {
        try
        {
            // By due time, not by tick: a busy machine delays packets, it doesn't thin them.
            for (var due = _startedAt + _source.FirstDelay; ; due += _options.Interval)
            {
                var wait = due - _time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, stop).ConfigureAwait(false);
                }

                stop.ThrowIfCancellationRequested();
                foreach (var packet in _source.Next(due))
                {
                    _counters.OnDropped(_flash.Add(packet));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task SendAsync(CancellationToken stop, CancellationToken abort)
    {
        // All hubs come up together after a power cut; a real fleet's radios don't finish at once.
        await Task.Delay(_options.MinBackoff * _jitter.NextDouble() * 2, _time, stop).ConfigureAwait(false);
        for (var backoff = _options.MinBackoff; ; backoff = Min(backoff * 2, _options.MaxBackoff))
        {
            var connected = false;
            try
            {
                await _connection.ConnectAsync(stop).ConfigureAwait(false);
                connected = true;
                _counters.OnConnected();
                backoff = _options.MinBackoff;
                await SendWhileConnectedAsync(stop, abort).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (NullReferenceException or OutOfMemoryException))
            {
                // Refused, broken, or no PUBACK in time: whatever it was, the packet stays and the radio tries again.
                if (!stop.IsCancellationRequested)
                {
                    _counters.OnFailure();
                }
            }
            finally
            {
                if (connected)
                {
                    _counters.OnDisconnected();
                }
            }

            await Task.Delay(backoff * (0.5 + _jitter.NextDouble()), _time, stop).ConfigureAwait(false);
        }
    }

    private async Task SendWhileConnectedAsync(CancellationToken stop, CancellationToken abort)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(abort);
        while (!stop.IsCancellationRequested)
        {
            var packet = await _flash.OldestAsync(stop).ConfigureAwait(false);
            if (!ReferenceEquals(packet, _noted))
            {
                _record.Publishing(_station, _hub.Id, packet);
                _noted = packet;
            }

            var reason = await PublishAsync(packet, deadline).ConfigureAwait(false);
            if (reason == QuotaExceeded)
            {
                await Task.Delay(_options.MaxBackoff * (0.5 + _jitter.NextDouble()), _time, stop).ConfigureAwait(false);
                continue;
            }

            _flash.RemoveOldest();
            if (reason < 0x80 || (packet.Kind == HubPacketKind.Bad && reason == PayloadFormatInvalid))
            {
                _record.Acknowledge(_station, _hub.Id, packet);
                await RepeatAsync(packet, deadline).ConfigureAwait(false);
            }
            else
            {
                _counters.OnRejected();
            }
        }

        await _connection.DisconnectAsync(abort).ConfigureAwait(false);
    }

    /// <summary>Sends an already acknowledged packet again where the source says so: what a hub does whose PUBACK got lost.</summary>
    private async Task RepeatAsync(HubPacket packet, CancellationTokenSource deadline)
    {
        if (packet.Kind == HubPacketKind.Bad)
        {
            return;
        }

        _acknowledged.Enqueue(packet);
        if (_acknowledged.Count > PacketSource.MaxRepeatBack)
        {
            _acknowledged.Dequeue();
        }

        if (packet.RepeatBack > 0)
        {
            var back = Math.Min(packet.RepeatBack, _acknowledged.Count);
            await PublishAsync(_acknowledged.ElementAt(_acknowledged.Count - back), deadline).ConfigureAwait(false);
        }
    }

    private async Task<byte> PublishAsync(HubPacket packet, CancellationTokenSource deadline)
    {
        var start = _time.GetTimestamp();
        deadline.CancelAfter(_options.AckTimeout);
        var reason = await _connection.PublishAsync(packet.Payload, deadline.Token).ConfigureAwait(false);
        deadline.CancelAfter(Timeout.InfiniteTimeSpan);
        _counters.PubackLatency.Add(_time.GetElapsedTime(start));
        return reason;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
