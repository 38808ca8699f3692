using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

[Trait("Suite", "Slow")]
public sealed class WatcherTests : IAsyncLifetime
{
    private const string Packets = "stations/napperby/hubs/bore-01/packets";
    private const string Status = "stations/napperby/hubs/bore-01/status";
    private const string Good = """{"seq":1,"boot":7,"metrics":{"battery_v":12.61}}""";
    private readonly GatewayProcess _gateway = new();

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.AtLeastOnce)]
    public async Task Watcher_SeesStatusAndPackets_OnceEach(MqttProtocolVersion version, MqttQualityOfServiceLevel qos)
    {
        using var watcher = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Watcher, version);
        var seen = Listen(watcher);
        var granted = await watcher.SubscribeAsync("stations/napperby/#", qos);
        Assert.Equal((MqttClientSubscribeResultCode)(int)qos, granted.Items.Single().ResultCode);
        await UntilAsync(seen, $"{Status} offline R");

        using var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub, version);
        await hub.PublishStringAsync(Packets, Good, qos);
        await hub.PublishStringAsync(Packets, Good, qos);
        await hub.DisconnectAsync();

        await UntilAsync(seen, $"{Status} offline");
        Assert.Equal([$"{Status} offline R", $"{Status} online", $"{Packets} {Good}", $"{Status} offline"], seen.Where(s => s.Contains("bore-01", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Watcher_MayNotPublish_NorLookBeyondItsStation()
    {
        using var watcher = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Watcher);

        var published = await watcher.PublishStringAsync("stations/napperby/hubs/office/packets", Good, MqttQualityOfServiceLevel.AtLeastOnce);
        var result = await watcher.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("#")
            .WithTopicFilter("stations/napperby/hubs/+/status", MqttQualityOfServiceLevel.ExactlyOnce)
            .WithTopicFilter("stations/+/hubs/bore-01/packets", MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, published.ReasonCode);
        Assert.Equal(
            [MqttClientSubscribeResultCode.NotAuthorized, MqttClientSubscribeResultCode.GrantedQoS0, MqttClientSubscribeResultCode.NotAuthorized],
            result.Items.Select(i => i.ResultCode));
    }

    [Fact]
    public async Task AHubThatDies_IsOffline_WithItsWillOnItsStatus()
    {
        using var watcher = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Watcher);
        var seen = Listen(watcher);
        await watcher.SubscribeAsync(Status);
        var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub, change: o => o.WithWillTopic(Status).WithWillPayload("offline").WithWillRetain());
        await UntilAsync(seen, $"{Status} online");

        // Gone without a DISCONNECT.
        hub.Dispose();

        await UntilAsync(seen, $"{Status} offline");
        Assert.Equal([$"{Status} offline R", $"{Status} online", $"{Status} offline"], seen);
    }

    [Fact]
    public async Task Takeover_KeepsTheHubOnline()
    {
        using var first = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub, change: o => o.WithClientId("logger"));
        using var second = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub, change: o => o.WithClientId("logger"));
        using var watcher = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Watcher);
        var seen = Listen(watcher);

        await watcher.SubscribeAsync(Status);

        await UntilAsync(seen, $"{Status} online R");
        Assert.Equal(1, (await _gateway.StatusAsync()).GetProperty("hubsConnected").GetInt32());
    }

    [Fact]
    public async Task Revoke_EndsALiveConnection_AndTakesTheStatusAway()
    {
        using var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub);
        var ended = new TaskCompletionSource<MqttClientDisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.DisconnectedAsync += e =>
        {
            ended.TrySetResult(e.Reason);
            return Task.CompletedTask;
        };

        await _gateway.HubsAsync("revoke", GatewayProcess.Hub);

        Assert.Equal(MqttClientDisconnectReason.NotAuthorized, await ended.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        using var watcher = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Watcher);
        var seen = Listen(watcher);
        await watcher.SubscribeAsync("stations/napperby/#");
        await UntilAsync(seen, "stations/napperby/hubs/trough-07/status offline R");
        Assert.DoesNotContain(seen, s => s.StartsWith(Status, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mqttv311", "0")]
    [InlineData("mqttv5", "1")]
    [InlineData("mqttv5", "2")]
    public async Task MosquittoSub_AndPub_WorkUnchanged(string version, string qos)
    {
        string[] common = ["-V", version, "--cafile", _gateway.CaPath, "-h", "localhost", "-p", $"{_gateway.Port}", "-P", GatewayProcess.Secret, "-q", qos];
        await using var watcher = ChildProcess.Start("mosquitto_sub", [.. common, "-u", GatewayProcess.Watcher, "-t", "stations/napperby/hubs/bore-01/#", "-v"]);
        await watcher.WaitForLineAsync(l => l == $"{Status} offline", TimeSpan.FromSeconds(30));

        await using var hub = ChildProcess.Start("mosquitto_pub", [.. common, "-u", GatewayProcess.Hub, "-t", Packets, "-m", Good, "--will-topic", Status, "--will-payload", "offline", "--will-retain"]);
        Assert.Equal(0, await hub.WaitForExitAsync(TimeSpan.FromSeconds(30)));

        await watcher.WaitForLineAsync(l => l == $"{Packets} {Good}", TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => watcher.Output.EndsWith($"{Status} offline", StringComparison.Ordinal) && watcher.Output.Contains($"{Status} online", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task NpmMqtt_WatchesUnchanged(int protocolVersion)
    {
        await using var watcher = await NodeClient.StartAsync(
            "watch.mjs", $"{_gateway.Port}", _gateway.CaPath, GatewayProcess.Watcher, GatewayProcess.Secret, "stations/napperby/hubs/bore-01/#", $"{protocolVersion}");
        await watcher.WaitForLineAsync(l => l == $"{Status} offline retained", TimeSpan.FromSeconds(60));

        using var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub);
        await hub.PublishStringAsync(Packets, Good, MqttQualityOfServiceLevel.ExactlyOnce);

        await watcher.WaitForLineAsync(l => l == $"{Packets} {Good}", TimeSpan.FromSeconds(30));
    }

    private static ConcurrentQueue<string> Listen(IMqttClient client)
    {
        var seen = new ConcurrentQueue<string>();
        client.ApplicationMessageReceivedAsync += e =>
        {
            seen.Enqueue($"{e.ApplicationMessage.Topic} {e.ApplicationMessage.ConvertPayloadToString()}{(e.ApplicationMessage.Retain ? " R" : "")}");
            return Task.CompletedTask;
        };
        return seen;
    }

    private static Task UntilAsync(ConcurrentQueue<string> seen, string line) => Eventually.TrueAsync(() => seen.Contains(line), describe: () => string.Join("; ", seen));
}
