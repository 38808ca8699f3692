using System.Globalization;
using OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Direct;

/// <summary>What a client sees of the short way: nothing but the answers that it is owed, in order.</summary>
[Trait("Suite", "Slow")]
public sealed class DirectDoorTests(GuardedGateway gateway) : IClassFixture<GuardedGateway>
{
    private const string Topic = "stations/napperby/hubs/bore-01/packets";
    private static long s_seq = 1_000_000;
    private readonly GatewayProcess _gateway = gateway.Process;

    [Theory]
    [InlineData(4, 100)]
    [InlineData(5, 4)]
    public async Task PublishesSentAtOnce_AreAnsweredInOrder(byte version, int count)
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, version: version);
        using var _client = client;

        await client.SendAsync([.. Enumerable.Range(1, count).SelectMany(id => RawMqtt.Publish(Topic, Payload(), 1, (ushort)id, version))]);

        for (var id = 1; id <= count; id++)
        {
            Assert.Equal(id, await AnsweredAsync(client));
        }
    }

    [Fact]
    public async Task PublishesOfBothWays_AreAnsweredInOrder()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, version: 4);
        using var _client = client;
        var large = $"{{\"seq\":{Interlocked.Increment(ref s_seq)},\"metrics\":{{\"a\":1}}{new string(' ', 2000)}}}";
        (string Topic, string Payload)[] publishes = [(Topic, Payload()), (Topic, Payload()), (SenMl, SenMlPack()), (Topic, Payload()), (Topic, large), (Topic, Payload()), (SenMl, SenMlPack()), (Topic, "not json")];

        await client.SendAsync([.. publishes.SelectMany((p, i) => RawMqtt.Publish(p.Topic, p.Payload, 1, (ushort)(i + 1), 4))]);

        for (var id = 1; id <= publishes.Length; id++)
        {
            Assert.Equal(id, await AnsweredAsync(client));
        }
    }

    [Fact]
    public async Task APublishInPieces_IsAnswered()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;
        var publish = RawMqtt.Publish(Topic, Payload(), 1, 7);

        await client.SendAsync(publish[..30]);
        await client.SendAsync(publish[30..]);

        Assert.Equal(7, await AnsweredAsync(client));
    }

    [Fact]
    public async Task WhoClosesItsSide_IsStillAnswered()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;

        await client.SendAsync(RawMqtt.Publish(Topic, Payload(), 1, 9));
        client.HalfClose();

        Assert.Equal(9, await AnsweredAsync(client));
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task MorePublishesAtOnceThanTold_EndTheConnection_With0x93_AndTheOthersAreAnswered()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;

        await client.SendAsync([.. Enumerable.Range(1, 40).SelectMany(id => RawMqtt.Publish(Topic, Payload(), 1, (ushort)id))]);

        var answered = 0;
        var (type, body) = (await client.ReadAsync())!.Value;
        while (type == 0x40)
        {
            Assert.Equal(++answered, (body[0] << 8) | body[1]);
            (type, body) = (await client.ReadAsync())!.Value;
        }

        Assert.Equal((0xe0, 0x93), (type, body[0]));
        Assert.InRange(answered, 4, 39);
    }

    [Fact]
    public async Task ABadPacket_IsQuarantined_AndAClientOfMqtt5HearsWhy()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;

        await client.SendAsync(RawMqtt.Publish(Topic, "{\"seq\":-1,\"metrics\":{\"a\":1}}", 1, 3));

        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal((0x40, 0x99), (type, body[2]));
        Assert.Contains("seq is -1", System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHubThatOnlyPublishes_StaysBeyondItsKeepAlive_AndIsEndedByItWhenItFallsSilent()
    {
        using var client = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
        await client.SendAsync(RawMqtt.Connect(GatewayProcess.Hub, GatewayProcess.Secret, "busy", 5, keepAlive: 1));
        Assert.Equal(0x20, (await client.ReadAsync())!.Value.Type);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(400));
        for (ushort id = 1; id <= 10; id++)
        {
            await client.SendAsync(RawMqtt.Publish(Topic, Payload(), 1, id));
            Assert.Equal(id, await AnsweredAsync(client));
            await timer.WaitForNextTickAsync();
        }

        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal((0xe0, 0x8d), (type, body[0]));
    }

    private const string SenMl = "stations/napperby/hubs/bore-01/senml";

    private static string SenMlPack() => $"[{{\"n\":\"a\",\"u\":\"V\",\"v\":{Interlocked.Increment(ref s_seq)}}}]";

    private static string Payload() => string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{Interlocked.Increment(ref s_seq)},\"boot\":3,\"metrics\":{{\"battery_v\":12.6}}}}");

    private static async Task<int> AnsweredAsync(RawMqtt client)
    {
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(0x40, type);
        return (body[0] << 8) | body[1];
    }
}
