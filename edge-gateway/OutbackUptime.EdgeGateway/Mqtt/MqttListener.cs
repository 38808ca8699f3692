using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Server;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>How the MQTT server listens.</summary>
internal static class MqttListener
{
    public static MqttServer Create(MqttOptions options)
    {
        var address = IPAddress.Parse(options.Address);
        var builder = new MqttServerOptionsBuilder()
            .WithDefaultCommunicationTimeout(TimeSpan.FromSeconds(10))
            .WithMaxPendingMessagesPerClient(100)
            .WithPersistentSessions(false)
            .WithoutDefaultEndpoint();
        if (options.Plaintext)
        {
            builder = builder.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(address).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(options.Port);
        }
        else
        {
            // Through PKCS #12: on some platforms a server can't use a key that only lives in the PEM import.
            using var pem = X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath);
            builder = builder
                .WithEncryptedEndpoint()
                .WithEncryptedEndpointBoundIPAddress(address)
                .WithEncryptedEndpointBoundIPV6Address(IPAddress.None)
                .WithEncryptedEndpointPort(options.Port)
                .WithEncryptionSslProtocol(SslProtocols.Tls12 | SslProtocols.Tls13)
                .WithEncryptionCertificate(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
            if (options.PlaintextPort > 0)
            {
                builder = builder.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(options.PlaintextPort);
            }
        }

        return new MqttServerFactory().CreateMqttServer(builder.Build(), [new NamingServerAdapter()]);
    }
}
