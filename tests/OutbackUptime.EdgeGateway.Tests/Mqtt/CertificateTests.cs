using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

/// <summary>Client certificates from the hubs' own CA beside passwords.</summary>
[Trait("Suite", "Slow")]
public sealed class CertificateTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new();

    public async Task InitializeAsync()
    {
        _gateway.Set("Mqtt__ClientCaPath", _gateway.CaPath);
        await _gateway.StartAsync();
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task AHubWithACertificate_Publishes_UntilItIsRevoked()
    {
        var folder = Path.Combine(_gateway.Folder, "certificates");
        var printed = await _gateway.HubsAsync("add", "--ca", _gateway.CaPath, "--ca-key", _gateway.CaKeyPath, "--out", folder, "tank-03");
        await _gateway.WaitForLineAsync("was reloaded: 4 hubs");
        Assert.Contains(Path.Combine(folder, "tank-03.key"), printed, StringComparison.Ordinal);
        using var certificate = Load(Path.Combine(folder, "tank-03.pem"), Path.Combine(folder, "tank-03.key"));
        using var hub = await MqttTestClient.ConnectAsync(_gateway, "tank-03", certificate: certificate);

        var result = await hub.PublishStringAsync("stations/napperby/hubs/tank-03/packets", """{"seq":1,"boot":7,"metrics":{"v":1}}""", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(MqttClientPublishReasonCode.Success, result.ReasonCode);

        await _gateway.HubsAsync("revoke", "tank-03");
        await Eventually.TrueAsync(() => !hub.IsConnected);
        await _gateway.HubsAsync("add", "--ca", _gateway.CaPath, "--ca-key", _gateway.CaKeyPath, "--out", folder + "2", "tank-03");
        await Eventually.TrueAsync(() => _gateway.Lines("was reloaded: 4 hubs") == 2);
        var again = await RefusedAsync(certificate);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, again.ResultCode);
        await _gateway.WaitForLineAsync("Refused (certificate) tank-03");
    }

    [Fact]
    public async Task ACertificateOfAnotherCa_EndsTheHandshake()
    {
        using var folder = new TempFolder();
        var (path, key) = new TestCertificates(folder.FullPath).Make(GatewayProcess.Hub, "spiffe://elsewhere/hub");
        using var rogue = Load(path, key);

        await Assert.ThrowsAnyAsync<Exception>(() => RefusedAsync(rogue));

        await _gateway.WaitForLineAsync("Refused (handshake)");
    }

    [Fact]
    public async Task ACertificateOfTheCa_ForAHubThatHasAPassword_IsNotTaken()
    {
        var (path, key) = _gateway.Certificates.Make(GatewayProcess.Hub, "spiffe://outback-uptime/hub/bore-01");
        using var certificate = Load(path, key);

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, (await RefusedAsync(certificate)).ResultCode);
    }

    [Fact]
    public async Task MosquittoPub_WithACertificate_NeedsNoPassword()
    {
        await _gateway.HubsAsync("add", "--certificate", "tank-04");
        await _gateway.WaitForLineAsync("was reloaded: 4 hubs");
        var (path, key) = _gateway.Certificates.Make("tank-04", "spiffe://outback-uptime/hub/tank-04");
        await using var client = ChildProcess.Start("mosquitto_pub",
        [
            "--cafile", _gateway.CaPath, "--cert", path, "--key", key, "-h", "localhost", "-p", $"{_gateway.Port}",
            "-q", "1", "-t", "stations/napperby/hubs/tank-04/packets", "-m", """{"seq":5,"boot":1,"metrics":{"v":1}}""",
        ]);

        var exit = await client.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(exit == 0, client.Output);
        Assert.Equal(1, (await _gateway.StatusAsync()).GetProperty("packets").GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task APassword_StillDoes()
    {
        using var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub);
        Assert.True(hub.IsConnected);
    }

    private static X509Certificate2 Load(string path, string key)
    {
        using var pem = X509Certificate2.CreateFromPemFile(path, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private async Task<MqttClientConnectResult> RefusedAsync(X509Certificate2 certificate)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        return await client.ConnectAsync(MqttTestClient.Options(_gateway, "", certificate: certificate));
    }
}
