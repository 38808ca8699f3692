using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

/// <summary>An MQTTnet client of a gateway under test, over TLS.</summary>
internal static class MqttTestClient
{
    public static async Task<IMqttClient> ConnectAsync(
        GatewayProcess gateway, string user, MqttProtocolVersion version = MqttProtocolVersion.V500, X509Certificate2? certificate = null, Action<MqttClientOptionsBuilder>? change = null, string secret = GatewayProcess.Secret)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var result = await client.ConnectAsync(Options(gateway, user, version, certificate, change, secret));
        Assert.True(result.ResultCode == MqttClientConnectResultCode.Success, $"{result.ResultCode} {result.ReasonString}");
        return client;
    }

    public static MqttClientOptions Options(
        GatewayProcess gateway, string user, MqttProtocolVersion version = MqttProtocolVersion.V500, X509Certificate2? certificate = null, Action<MqttClientOptionsBuilder>? change = null, string secret = GatewayProcess.Secret)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(gateway.CaPath);
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer("localhost", gateway.Port)
            .WithTlsOptions(t =>
            {
                t.UseTls().WithTrustChain(roots).WithRevocationMode(X509RevocationMode.NoCheck);
                if (certificate is not null)
                {
                    t.WithClientCertificates([certificate]);
                }
            })
            .WithProtocolVersion(version)
            .WithClientId($"{Guid.NewGuid():N}")
            .WithTimeout(TimeSpan.FromSeconds(30));
        if (certificate is null)
        {
            builder.WithCredentials(user, Encoding.UTF8.GetBytes(secret));
        }

        change?.Invoke(builder);
        return builder.Build();
    }
}
