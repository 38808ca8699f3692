using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using OutbackUptime.Domain.Access;
using OutbackUptime.Domain.Receipts;
using OutbackUptime.EdgeGateway.Formats;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>What the gateway itself publishes: each hub's status and receipt, retained, live packets, and commands. Two retained topics a hub.</summary>
internal sealed class Notices(IOptions<GatewayOptions> gateway, TimeProvider time) : IHubCommands, IDisposable
{
    private static readonly byte[] s_online = "online"u8.ToArray();
    private static readonly byte[] s_offline = "offline"u8.ToArray();
    private readonly string _station = gateway.Value.Station;
    private readonly SemaphoreSlim _inOrder = new(1, 1);
    private readonly Dictionary<string, int> _connections = new(StringComparer.Ordinal);
    private MqttServer? _server;

    /// <summary>From now on notices go out through this server.</summary>
    public void Attach(MqttServer server) => _server = server;

    /// <summary>
    /// A hub's connection came (1) or went (-1), or its status is to be told as it is (0). Nothing is kept of one that is not
    /// <paramref name="known"/> any more.
    /// </summary>
    public async Task StatusAsync(string hub, int change, bool known)
    {
        await _inOrder.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = _connections.GetValueOrDefault(hub);
            var after = before + change;
            _connections[hub] = after;
            if (after == 0)
            {
                _connections.Remove(hub);
            }

            if (change == 0 || before == 0 || after == 0)
            {
                await PublishAsync(TopicRules.Status(_station, hub), !known ? ReadOnlyMemory<byte>.Empty : after > 0 ? s_online : s_offline, retain: true).ConfigureAwait(false);
            }
        }
        finally
        {
            _inOrder.Release();
        }
    }

    /// <summary>Tells a hub what is safe.</summary>
    public async Task SafeAsync(SafeClaim claim)
    {
        var json = new ArrayBufferWriter<byte>(96);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("boot", claim.Boot);
            writer.WriteNumber("seq", claim.Seq);
            writer.WriteString("at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        await PublishAsync(TopicRules.Safe(_station, claim.Hub), json.WrittenMemory, retain: true).ConfigureAwait(false);
    }

    /// <summary>Passes a journaled packet on to those who watch.</summary>
    public Task PacketAsync(string topic, ReadOnlyMemory<byte> payload) => PublishAsync(topic, payload, retain: false);

    /// <inheritdoc/>
    public Task SendAsync(string topic, ReadOnlyMemory<byte> payload) => PublishAsync(topic, payload, retain: false, MqttQualityOfServiceLevel.AtMostOnce);

    /// <summary>A hub is gone for good: what was retained of it goes too.</summary>
    public async Task ClearAsync(string hub)
    {
        await StatusAsync(hub, 0, known: false).ConfigureAwait(false);
        await PublishAsync(TopicRules.Safe(_station, hub), default, retain: true).ConfigureAwait(false);
    }

    /// <summary>Whether a publish that the server dispatches is one of these.</summary>
    public bool IsOwn(System.Collections.IDictionary sessionItems) => ReferenceEquals(sessionItems, _server?.ServerSessionItems);

    /// <inheritdoc/>
    public void Dispose() => _inOrder.Dispose();

    private async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        if (_server is not { IsStarted: true } server)
        {
            return;
        }

        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = qos,
            Retain = retain,
        };
        await server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message)).ConfigureAwait(false);
    }
}
