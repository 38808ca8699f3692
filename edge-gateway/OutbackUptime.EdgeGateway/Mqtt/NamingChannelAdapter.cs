using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Gives a client without a client id one (MQTT 3.1.1 section 3.1.3.1 lets it leave that to the server, and mosquitto_pub does).
/// The server library lets a validator assign one, for MQTT 5 only. And keeps each hub's client ids apart: a session is taken over
/// by whoever names its client id (section 3.1.4), which must not be another hub.
/// </summary>
internal sealed class NamingChannelAdapter(IMqttChannelAdapter inner) : IMqttChannelAdapter
{
    /// <inheritdoc/>
    public long BytesReceived => inner.BytesReceived;

    /// <inheritdoc/>
    public long BytesSent => inner.BytesSent;

    /// <inheritdoc/>
    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    /// <inheritdoc/>
    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    /// <inheritdoc/>
    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    /// <inheritdoc/>
    public bool IsSecureConnection => inner.IsSecureConnection;

    /// <inheritdoc/>
    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);
        if (packet is MqttConnectPacket connect)
        {
            NameClient(connect);
        }

        return packet;
    }

    /// <inheritdoc/>
    public void ResetStatistics() => inner.ResetStatistics();

    /// <inheritdoc/>
    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private void NameClient(MqttConnectPacket connect)
    {
        if (string.IsNullOrEmpty(connect.ClientId))
        {
            connect.ClientId = connect.CleanSession && PacketFormatterAdapter.ProtocolVersion != MqttProtocolVersion.V500 ? $"auto-{Guid.NewGuid():N}" : connect.ClientId;
        }
        else
        {
            // No hub's name has a slash, so no two hubs' ids meet.
            connect.ClientId = $"{connect.Username}/{connect.ClientId}";
        }
    }
}
