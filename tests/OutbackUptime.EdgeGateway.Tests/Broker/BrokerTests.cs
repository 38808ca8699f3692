using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Broker;

[Trait("Suite", "Slow")]
public sealed class BrokerTests
{
    [MosquittoFact]
    public async Task Kill_BetweenDeliveryAndAcknowledgement_LosesNothingAndJournalsNothingTwice()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var gateway = new BrokerGateway(broker.Port);
        using var hub = await HubAsync(broker.Port);
        var published = 0;

        // Delivered and held by a commit that waits, but for the first: none is journaled, none acknowledged.
        await gateway.StartAsync(linger: TimeSpan.FromSeconds(20));
        published = await PublishAsync(hub, published, 50);
        await gateway.KillAsync();
        Assert.InRange(gateway.Journaled().Count, 0, 10);

        // Wherever a commit and its acknowledgements stand.
        for (var round = 0; round < 2; round++)
        {
            await gateway.StartAsync();
            var before = gateway.Journaled().Count;
            var publishing = PublishAsync(hub, published, 400);
            await Eventually.TrueAsync(() => gateway.Journaled().Count > before + 60);
            await gateway.KillAsync();
            published = await publishing;
        }

        await gateway.StartAsync();
        Assert.Contains("it has kept the session", gateway.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => gateway.Journaled().Count >= published, describe: () => $"{gateway.Journaled().Count} of {published} journaled");
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal(Enumerable.Range(0, published).Select(Key).Order(), gateway.Journaled().Order());
    }

    [MosquittoFact]
    public async Task Start_SaysWhatABrokerDoesNotPromise_AndThatTheSessionIsNew()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var gateway = new BrokerGateway(broker.Port);

        await gateway.StartAsync();

        Assert.Contains("acknowledges them to hubs before this gateway has journaled them", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("it has no session of this gateway", gateway.Output, StringComparison.Ordinal);
    }

    /// <summary>Not this product's promise, but the reason of its warning: Mosquitto acknowledges from memory.</summary>
    [MosquittoFact]
    public async Task KillOfMosquitto_WithDefaultPersistence_LosesWhatItAcknowledged_AndTheGatewaySaysSo()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var gateway = new BrokerGateway(broker.Port);
        await gateway.StartAsync();
        await gateway.StopAsync();
        using (var hub = await HubAsync(broker.Port))
        {
            Assert.Equal(20, await PublishAsync(hub, 0, 20));
        }

        await broker.KillAsync();
        await broker.StartProcessAsync();
        await gateway.StartAsync();
        using var after = await HubAsync(broker.Port);
        await PublishAsync(after, 20, 1);

        await Eventually.TrueAsync(() => gateway.Journaled().Count > 0);
        Assert.Equal([Key(20)], gateway.Journaled());
        Assert.Contains("it has no session of this gateway", gateway.Output, StringComparison.Ordinal);
    }

    [MosquittoFact]
    public async Task Publish_InEveryFormat_AndToNoHubsTopic_IsJournaled()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var gateway = new BrokerGateway(broker.Port);
        await gateway.StartAsync();
        using var hub = await HubAsync(broker.Port);
        var command = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.ApplicationMessageReceivedAsync += e =>
        {
            command.TrySetResult(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await hub.SubscribeAsync("spBv1.0/napperby/NCMD/bore-03/#");

        await hub.PublishStringAsync("stations/napperby/hubs/bore-02/senml", """[{"n":"a","v":1,"t":-30},{"n":"a","v":2}]""", MqttQualityOfServiceLevel.AtLeastOnce);
        await hub.PublishBinaryAsync("spBv1.0/napperby/NDATA/bore-03", [0x12, 0x0c, 0x0a, 0x01, (byte)'a', 0x69, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x18, 0x05], MqttQualityOfServiceLevel.AtMostOnce);
        await hub.PublishStringAsync("stations/napperby/hubs/BAD/packets", "{}", MqttQualityOfServiceLevel.AtLeastOnce);
        await hub.PublishStringAsync("stations/napperby/hubs/bore-01/packets", """{"seq":1,"boot":1,"metrics":{"v":1}}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("spBv1.0/napperby/NCMD/bore-03", await command.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await Eventually.TrueAsync(() => gateway.Journaled().Count == 4, describe: () => string.Join(' ', gateway.Journaled()));
        Assert.Equal(["bore-01", "bore-02", "bore-02", "bore-03"], gateway.Journaled().Select(k => k.Split('/')[0]).Order());
    }

    [MosquittoFact]
    public async Task Connect_OverTlsWithAPassword_IsTrustedByTheBrokersAuthorityOnly()
    {
        using var folder = new TempFolder();
        var certificates = new TestCertificates(folder.FullPath);
        var (certificate, key) = certificates.Make("broker", "spiffe://outback-uptime/broker");
        await File.WriteAllTextAsync(folder.File("password"), "a secret\n");
        await using var tool = ChildProcess.Start("mosquitto_passwd", ["-c", "-b", folder.File("passwords"), "gateway", "a secret"]);
        Assert.Equal(0, await tool.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        await using var broker = await MosquittoServer.StartAsync($"certfile {certificate}\nkeyfile {key}\npassword_file {folder.File("passwords")}");
        (string, string)[] settings =
        [
            ("Broker__Plaintext", "false"), ("Broker__Host", "localhost"), ("Broker__UserName", "gateway"), ("Broker__PasswordFile", folder.File("password")),
        ];
        await using var stranger = new BrokerGateway(broker.Port, settings);
        await using var gateway = new BrokerGateway(broker.Port, [.. settings, ("Broker__CaPath", certificates.CaPath)]);

        await gateway.StartAsync();

        stranger.Start();
        await stranger.WaitForLineAsync("No connection to the broker");
        Assert.DoesNotContain("Connected to", stranger.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("password"), "another");
        await gateway.StopAsync();
        gateway.Start();
        await gateway.WaitForLineAsync("the broker refuses the connection: NotAuthorized");
    }

    [MosquittoFact]
    public async Task Restart_OfTheBroker_IsReconnectedTo()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var gateway = new BrokerGateway(broker.Port);
        await gateway.StartAsync();

        await broker.KillAsync();
        await gateway.WaitForLineAsync("No connection to the broker");
        await broker.StartProcessAsync();

        using var hub = await HubAsync(broker.Port);
        await Eventually.TrueAsync(async () =>
        {
            // Until the gateway has subscribed anew there is nobody whom the broker would keep it for.
            await PublishAsync(hub, 0, 1);
            return gateway.Journaled().Count == 1;
        });
    }

    private static string Key(int seq) => $"bore-01/7/{seq}";

    private static async Task<int> PublishAsync(IMqttClient hub, int first, int count)
    {
        for (var seq = first; seq < first + count; seq++)
        {
            var result = await hub.PublishStringAsync("stations/napperby/hubs/bore-01/packets", $"{{\"seq\":{seq},\"boot\":7,\"metrics\":{{\"v\":{seq}}}}}", MqttQualityOfServiceLevel.AtLeastOnce);
            Assert.True(result.IsSuccess);
        }

        return first + count;
    }

    private static async Task<IMqttClient> HubAsync(int port)
    {
        var hub = new MqttClientFactory().CreateMqttClient();
        await hub.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500).WithTimeout(TimeSpan.FromSeconds(20)).Build());
        return hub;
    }
}
