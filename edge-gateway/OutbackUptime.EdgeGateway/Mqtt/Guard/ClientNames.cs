using System.Security.Cryptography.X509Certificates;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// Gives a client without a client id one (MQTT 3.1.1 section 3.1.3.1 lets it leave that to the server, and mosquitto_pub does).
/// The server library lets a validator assign one, for MQTT 5 only. And keeps each hub's client ids apart: a session is taken over
/// by whoever names its client id (section 3.1.4), which must not be another hub.
/// </summary>
internal static class ClientNames
{
    public static void Apply(MqttConnectPacket connect, MqttProtocolVersion version, X509Certificate2? certificate)
    {
        if (string.IsNullOrEmpty(connect.Username) && certificate is not null)
        {
            connect.Username = NameOf(certificate);
        }

        if (string.IsNullOrEmpty(connect.ClientId))
        {
            connect.ClientId = connect.CleanSession && version != MqttProtocolVersion.V500 ? $"auto-{Guid.NewGuid():N}" : connect.ClientId;
        }
        else
        {
            // No hub's name has a slash, so no two hubs' ids meet.
            connect.ClientId = $"{connect.Username}/{connect.ClientId}";
        }
    }

    /// <summary>The id that a client certificate is for: its common name.</summary>
    public static string NameOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
}
