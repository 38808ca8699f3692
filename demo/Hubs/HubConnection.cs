using System.Security.Cryptography.X509Certificates;
using System.Net.Security;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace OutbackUptime.Demo.Hubs;

/// <summary>A hub's radio: one MQTT connection at a time, QoS 1. Each attempt is a new client, as after a restart of a modem.</summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private static readonly MqttClientFactory Factory = new();
    private readonly MqttClientOptions _options;
    private readonly string _topic;
    private IMqttClient? _client;

    public HubConnection(GatewayTarget gateway, HubTarget hub, X509Certificate2? authority, MqttProtocolVersion version, TimeSpan timeout)
    {
        _topic = $"stations/{gateway.Station}/hubs/{hub.Id}/packets";
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(gateway.Host, gateway.Port)
            .WithProtocolVersion(version)
            .WithClientId($"{gateway.Station}-{hub.Id}")
            .WithCredentials(hub.Id, hub.Secret)
            .WithCleanSession()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(timeout);
        if (authority is not null)
        {
            builder.WithTlsOptions(o => o.UseTls().WithCertificateValidationHandler(e => IsTrusted(e, authority)));
        }

        _options = builder.Build();
    }

    public bool IsConnected => _client?.IsConnected ?? false;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        var client = Factory.CreateMqttClient();
        _client = client;
        await client.ConnectAsync(_options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes and waits for the PUBACK. Throws when the connection ends first.</summary>
    /// <returns>The PUBACK's reason; below 0x80 is success. MQTT 3.1.1 knows only success.</returns>
    public async Task<byte> PublishAsync(byte[] payload, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessage
        {
            Topic = _topic,
            PayloadSegment = payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        var client = _client ?? throw new InvalidOperationException("Not connected.");
        var result = await client.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        return (byte)result.ReasonCode;
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        if (_client is { IsConnected: true } client)
        {
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _client = null;
        return ValueTask.CompletedTask;
    }

    private static bool IsTrusted(MqttClientCertificateValidationEventArgs e, X509Certificate2 authority)
    {
        if (e.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            || e.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(X509CertificateLoader.LoadCertificate(e.Certificate.GetRawCertData()));
    }
}
