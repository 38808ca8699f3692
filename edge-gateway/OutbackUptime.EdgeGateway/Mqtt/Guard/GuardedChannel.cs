using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Mqtt.Direct;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// A client's connection as the server library sees it. Bounds what comes in (bytes, time, publishes under way) and what goes out
/// (time, messages not acknowledged), and says so to MQTT 5 clients. What breaks a bound ends the connection; nothing here throws
/// at what a client sends.
/// </summary>
internal sealed partial class GuardedChannel : IMqttChannelAdapter
{
    private const byte ConnectHeader = 0x10;

    /// <summary>Answers (PUBACK, PINGRESP…) that may wait for the client to read; beyond it nothing more is read from the client.</summary>
    private const int MaxAnswers = 64;

    /// <summary>Messages to the client that it has not acknowledged, at most; less when it said so.</summary>
    private const int MaxUnacknowledged = 64;

    private readonly GuardedConnection _connection;
    private readonly GuardOptions _options;
    private readonly PacketReader _reader;
    private readonly InFlight _inFlight;
    private readonly CancellationTokenSource _life;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _answers = new(MaxAnswers, MaxAnswers);
    private readonly Action _onStarted;
    private SemaphoreSlim _window = new(MaxUnacknowledged, MaxUnacknowledged);
    private int _windowSize = MaxUnacknowledged;
    private bool _connected;
    private bool _ended;
    private string _who;

    public GuardedChannel(GuardedConnection connection, GuardOptions options, TimeProvider time)
    {
        (_connection, _options) = (connection, options);
        _who = connection.RemoteEndPoint?.ToString() ?? "";
        _reader = new PacketReader(connection.Stream);
        _time = time;
        _inFlight = new InFlight(options.ReceiveMaximum);
        _life = new CancellationTokenSource(options.ConnectTime, time);
        PacketFormatterAdapter = new MqttPacketFormatterAdapter(new MqttBufferWriter(512, 8192));
        _onStarted = OnPacketStarted;
    }

    /// <inheritdoc/>
    public long BytesReceived { get; private set; }

    /// <inheritdoc/>
    public long BytesSent { get; private set; }

    /// <inheritdoc/>
    public X509Certificate2? ClientCertificate => _connection.ClientCertificate;

    /// <inheritdoc/>
    public EndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    /// <inheritdoc/>
    public EndPoint? LocalEndPoint => _connection.LocalEndPoint;

    /// <inheritdoc/>
    public bool IsSecureConnection => _connection.IsSecure;

    /// <inheritdoc/>
    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; }

    private bool SpeaksFive => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    /// <summary>The server side of a connection is made by accepting it.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        using var end = cancellationToken.UnsafeRegister(static channel => ((GuardedChannel)channel!).End(), this);
        try
        {
            while (true)
            {
                var ended = _direct is { } direct ? await TakeDirectAsync(direct).ConfigureAwait(false) : DirectEnd.Other;
                var (packet, refusal) = ended switch
                {
                    DirectEnd.Closed => (null, Refusal.None),
                    DirectEnd.TooMany => (null, Refusal.ReceiveMaximum),
                    DirectEnd.SignOfLife => (MqttPingReqPacket.Instance, Refusal.None),
                    _ => await ReceiveAsync().ConfigureAwait(false),
                };
                if (ReferenceEquals(packet, s_taken))
                {
                    continue;
                }

                await HandOverAsync(packet).ConfigureAwait(false);
                if (refusal != Refusal.None)
                {
                    await RefuseAsync(refusal).ConfigureAwait(false);
                    return null;
                }

                if (packet is not MqttPublishPacket publish)
                {
                    return packet;
                }

                var (tooMany, again) = _inFlight.OnPublish(publish);
                if (tooMany && SpeaksFive)
                {
                    await RefuseAsync(Refusal.ReceiveMaximum).ConfigureAwait(false);
                    return null;
                }

                if (!again)
                {
                    return publish;
                }

                await SendPacketAsync(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier }, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            if (!_ended)
            {
                _connection.Refuse(_connected ? Refusal.PacketTime : Refusal.ConnectTime, _who, _connected ? "a packet was not whole in time" : "no whole CONNECT in time");
            }

            return null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection broke: for MQTT the same as closed.
            return null;
        }
    }

    /// <inheritdoc/>
    public void ResetStatistics() => (BytesReceived, BytesSent) = (0, 0);

    /// <inheritdoc/>
    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttPingRespPacket && IsAnswerToOurs())
        {
            return;
        }

        if (packet is MqttConnAckPacket { ReasonCode: MqttConnectReasonCode.Success } accepted)
        {
            accepted.MaximumPacketSize = (uint)_options.MaxPacketBytes;
            accepted.ReceiveMaximum = (ushort)_options.ReceiveMaximum;
            accepted.TopicAliasMaximum = (ushort)_options.MaxTopicAliases;
            _connection.Admit();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _life.Token);
        limit.CancelAfter(_options.WriteTime);
        try
        {
            if (packet is MqttPublishPacket { QualityOfServiceLevel: > MqttQualityOfServiceLevel.AtMostOnce })
            {
                await _window.WaitAsync(limit.Token).ConfigureAwait(false);
            }

            await WriteAsync(packet, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_ended && !cancellationToken.IsCancellationRequested)
        {
            _connection.Refuse(Refusal.SlowReader, _who, "did not read or acknowledge in time");
            End();
            throw;
        }
        finally
        {
            OnSent(packet);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _life.Dispose();
        _writing.Dispose();
        _answers.Dispose();
        _window.Dispose();
    }

    private async ValueTask<(MqttPacket? Packet, Refusal Refusal)> ReceiveAsync()
    {
        var limit = _connected ? _options.MaxPacketBytes : _options.MaxConnectBytes;
        var (received, refusal) = await _reader.ReadAsync(limit, _connected ? null : ConnectHeader, _onStarted, _life.Token).ConfigureAwait(false);
        if (refusal != Refusal.None || received.TotalLength == 0)
        {
            return (null, _connected || refusal is Refusal.None or Refusal.NotMqtt ? refusal : refusal == Refusal.PacketSize ? Refusal.ConnectSize : Refusal.NotMqtt);
        }

        _life.CancelAfter(Timeout.InfiniteTimeSpan);
        BytesReceived += received.TotalLength;
        if (_direct is { } direct && received.TotalLength <= PacketReader.BufferSize && direct.TryRead(received.FixedHeader, received.Body, out var id) is { } whole)
        {
            return await TakeAsync(direct, id, whole).ConfigureAwait(false) ? (s_taken, Refusal.None) : (null, Refusal.ReceiveMaximum);
        }

        if (Decode(received) is not { } packet)
        {
            return (null, _connected ? Refusal.Malformed : Refusal.NotMqtt);
        }

        refusal = Check(packet);
        if (refusal == Refusal.None && packet.IsAnswered())
        {
            await _answers.WaitAsync(_life.Token).ConfigureAwait(false);
        }

        return (packet, refusal);
    }

    private MqttPacket? Decode(ReceivedMqttPacket received)
    {
        try
        {
            if (!_connected)
            {
                PacketFormatterAdapter.DetectProtocolVersion(received);
            }

            return PacketFormatterAdapter.Decode(received);
        }
#pragma warning disable CA1031 // The library's decoder has met bytes that nobody thought of: whatever it throws, they are no packet.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private Refusal Check(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttConnectPacket connect when !_connected:
                OnConnect(connect);
                return Refusal.None;
            case MqttPublishPacket publish when publish.TopicAlias > _options.MaxTopicAliases:
                return Refusal.TopicAlias;
            case MqttSubscribePacket { TopicFilters.Count: > 1 } subscribe:
                // The library answers the filters in the order of their QoS, not of the request. All alike keep their order; to grant less than was asked for is the server's right (section 3.9.3).
                var least = subscribe.TopicFilters.Min(f => f.QualityOfServiceLevel);
                subscribe.TopicFilters.ForEach(f => f.QualityOfServiceLevel = least);
                return Refusal.None;
            case MqttPubAckPacket or MqttPubCompPacket or MqttPubRecPacket { ReasonCode: >= MqttPubRecReasonCode.UnspecifiedError }:
                if (_window.CurrentCount < _windowSize)
                {
                    _window.Release();
                }

                return Refusal.None;
            default:
                return Refusal.None;
        }
    }

    private void OnConnect(MqttConnectPacket connect)
    {
        _connected = true;
        ClientNames.Apply(connect, PacketFormatterAdapter.ProtocolVersion, ClientCertificate);
        _who = $"{connect.Username} at {_who}";
        _signOfLife = TimeSpan.FromSeconds(connect.KeepAlivePeriod / SignsOfLife);

        // No session outlives its connection: they would pile up, and what a hub must not lose is in the journal.
        connect.CleanSession = true;
        connect.SessionExpiryInterval = 0;
        if (connect.ReceiveMaximum is > 0 and < MaxUnacknowledged)
        {
            _windowSize = connect.ReceiveMaximum;
            _window = new SemaphoreSlim(_windowSize, _windowSize);
        }
    }

    private void OnPacketStarted()
    {
        if (_connected)
        {
            _life.CancelAfter(_options.PacketTime);
        }
    }

    private void OnSent(MqttPacket packet)
    {
        _inFlight.OnSent(packet, SpeaksFive);
        OnLibraryAnswered(packet);
        if (packet.IsAnswer() && _answers.CurrentCount < MaxAnswers)
        {
            _answers.Release();
        }
    }

    private async Task WriteAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _saidGoodbye |= packet is MqttDisconnectPacket;
            var bytes = PacketFormatterAdapter.Encode(packet).Join();
            await _connection.Stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            BytesSent += bytes.Count;
        }
        finally
        {
            PacketFormatterAdapter.Cleanup();
            _writing.Release();
            FlushAnswers();
        }
    }

    /// <summary>Counts the refusal, tells an admitted MQTT 5 client, and gives it a moment to hear it.</summary>
    private async Task RefuseAsync(Refusal refusal)
    {
        _connection.Refuse(refusal, _who, "connection closed");
        if (_connected && SpeaksFive)
        {
            await SendPacketAsync(new MqttDisconnectPacket { ReasonCode = refusal.ReasonCode() }, CancellationToken.None).ConfigureAwait(false);
            await _connection.LingerAsync(_life.Token).ConfigureAwait(false);
        }
    }

    private void End()
    {
        _ended = true;
        try
        {
            _life.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ended twice.
        }
    }
}
