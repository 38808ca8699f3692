using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

[Trait("Suite", "Slow")]
public sealed class GuardTests(GuardedGateway gateway) : IClassFixture<GuardedGateway>
{
    private const string Topic = "stations/napperby/hubs/bore-01/packets";
    private static long s_seq;
    private readonly GatewayProcess _gateway = gateway.Process;

    [Fact]
    public async Task Connect_DeclaringTooMuch_IsClosedAtOnce()
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
        var watch = Stopwatch.StartNew();

        await raw.SendAsync([0x10, 0xff, 0xff, 0xff, 0x7f]);

        Assert.Null(await raw.ReadAsync());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(0.9), $"closed after {watch.Elapsed}");
        await _gateway.WaitForLineAsync("Refused (connect-size)");
    }

    [Theory]
    [InlineData("16030100")]
    [InlineData("474554202f")]
    [InlineData("00")]
    [InlineData("3000")]
    [InlineData("10ffffffffff")]
    [InlineData("1002ffff")]
    [InlineData("100c00044d5154540502003c00000000")]
    public async Task WhatIsNoConnect_IsClosed(string hex)
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);

        await raw.SendAsync(Convert.FromHexString(hex));

        var answer = await raw.ReadAsync();
        Assert.True(answer is null or { Type: 0x20 }, "closed, or a CONNACK that says no");
    }

    [Fact]
    public async Task AHalfConnect_IsClosedInTime()
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);

        await raw.SendAsync(RawMqtt.Connect(GatewayProcess.Hub, GatewayProcess.Secret, "half", 5)[..20]);

        Assert.Null(await raw.ReadAsync());
        await _gateway.WaitForLineAsync("Refused (connect-time)");
    }

    [Fact]
    public async Task AConnectionThatSaysNothing_IsClosedInTime_WithAndWithoutTls()
    {
        using var plain = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
        using var tls = await RawMqtt.OpenAsync(_gateway.Port);

        Assert.Null(await plain.ReadAsync());
        Assert.Null(await tls.ReadAsync());
        await _gateway.WaitForLineAsync("Refused (handshake-time)");
    }

    [Fact]
    public async Task AHalfConnect_WhoseSenderIsGone_IsForgotten()
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
        await raw.SendAsync([0x10, 0x20, 0, 4]);
        raw.HalfClose();

        Assert.Null(await raw.ReadAsync());
        await Assert_IsIdleAsync();
    }

    [Fact]
    public async Task TooManyPending_AreClosedAtOnce_AndRoomComesBack()
    {
        var silent = new List<RawMqtt>();
        for (var i = 0; i < 15; i++)
        {
            try
            {
                silent.Add(await RawMqtt.OpenAsync(_gateway.PlaintextPort));
            }
            catch (SocketException)
            {
                // Reset before the system had told us that it was there.
            }
        }

        await _gateway.WaitForLineAsync("Refused (pending-address) 127.0.0.1");
        foreach (var raw in silent)
        {
            Assert.Null(await raw.ReadAsync());
            raw.Dispose();
        }

        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        client.Dispose();
    }

    [Fact]
    public async Task ConnAck_TellsTheLimits()
    {
        var (client, body) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        client.Dispose();

        var hex = Convert.ToHexString(body);
        Assert.Contains("210004", hex, StringComparison.Ordinal); // Receive Maximum
        Assert.Contains("27" + (65536 + 2048).ToString("X8", CultureInfo.InvariantCulture), hex, StringComparison.Ordinal); // Maximum Packet Size
        Assert.Contains("220008", hex, StringComparison.Ordinal); // Topic Alias Maximum
    }

    [Fact]
    public async Task APacketThatDeclaresTooMuch_EndsTheConnection_With0x95()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;

        await client.SendAsync(RawMqtt.Publish(Topic, new string('x', 100_000), 1, 1));

        Assert.Equal((0xe0, 0x95), await ReasonAsync(client));
        Assert.Null(await client.ReadAsync());
        await _gateway.WaitForLineAsync("Refused (packet-size) bore-01");
    }

    [Fact]
    public async Task APacketThatDeclaresTooMuch_EndsAnOlderConnection()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, version: 4);
        using var _client = client;

        await client.SendAsync([0x32, 0xff, 0xff, 0xff, 0x7f]);

        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task APacketThatDripsIn_IsCutOff_AndOneThatPausesBetweenPacketsIsNot()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;
        var (patient, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, GatewayProcess.OtherHub);
        using var _patient = patient;

        await client.SendAsync(RawMqtt.Publish(Topic, new string('x', 1000), 1, 1)[..100]);
        Assert.Null(await client.ReadAsync());
        await _gateway.WaitForLineAsync("Refused (packet-time) bore-01");

        await patient.SendAsync([0xc0, 0]);
        Assert.Equal(0xd0, (await patient.ReadAsync())!.Value.Type);
    }

    [Fact]
    public async Task MorePublishesUnderWayThanTold_EndTheConnection_With0x93()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;
        for (ushort id = 1; id <= 5; id++)
        {
            await client.SendAsync(RawMqtt.Publish(Topic, Payload(), 2, id));
        }

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(0x50, (await client.ReadAsync())!.Value.Type);
        }

        Assert.Equal((0xe0, 0x93), await ReasonAsync(client));
    }

    [Fact]
    public async Task AQos2PublishThatIsRepeated_IsTakenOnce()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;
        var before = (await _gateway.StatusAsync()).GetProperty("packets").GetProperty("quarantined").GetInt64();
        // No packet by its payload: the journal's own dedupe can't tell it from another one.
        var publish = RawMqtt.Publish(Topic, "not json", 2, 9);

        await client.SendAsync(publish);
        Assert.Equal(0x50, (await client.ReadAsync())!.Value.Type);
        await client.SendAsync([(byte)(publish[0] | 0x08), .. publish[1..]]);
        await client.SendAsync([0x62, 2, 0, 9]);
        var answers = new[] { (await client.ReadAsync())!.Value.Type, (await client.ReadAsync())!.Value.Type };

        // The payload was refused by reason code (MQTT 5 section 4.3.3): nothing is under way, so each counts.
        Assert.Equal([0x50, 0x70], answers);
        Assert.Equal(before + 2, (await _gateway.StatusAsync()).GetProperty("packets").GetProperty("quarantined").GetInt64());

        var good = RawMqtt.Publish(Topic, Payload(), 2, 10);
        var accepted = (await _gateway.StatusAsync()).GetProperty("packets");
        await client.SendAsync(good);
        Assert.Equal(0x50, (await client.ReadAsync())!.Value.Type);
        await client.SendAsync([(byte)(good[0] | 0x08), .. good[1..]]);
        Assert.Equal(0x50, (await client.ReadAsync())!.Value.Type);
        await client.SendAsync([0x62, 2, 0, 10]);
        Assert.Equal(0x70, (await client.ReadAsync())!.Value.Type);
        var after = (await _gateway.StatusAsync()).GetProperty("packets");
        Assert.Equal(accepted.GetProperty("accepted").GetInt64() + 1, after.GetProperty("accepted").GetInt64());
        Assert.Equal(accepted.GetProperty("duplicates").GetInt64(), after.GetProperty("duplicates").GetInt64());
    }

    [Fact]
    public async Task AHighTopicAlias_EndsTheConnection_With0x94()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort);
        using var _client = client;

        await client.SendAsync(RawMqtt.Publish(Topic, Payload(), 1, 1, properties: [0x23, 0x01, 0x00]));

        Assert.Equal((0xe0, 0x94), await ReasonAsync(client));
    }

    [Fact]
    public async Task KeepAliveOfNever_IsRefused()
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);

        await raw.SendAsync(RawMqtt.Connect(GatewayProcess.Hub, GatewayProcess.Secret, "never", 5, keepAlive: 0));

        Assert.Equal((0x20, 0x83), await ConnAckAsync(raw));
        await _gateway.WaitForLineAsync("Refused (keep-alive) bore-01");
    }

    [Fact]
    public async Task AClientThatFallsSilent_IsEndedByItsKeepAlive()
    {
        using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
        await raw.SendAsync(RawMqtt.Connect(GatewayProcess.Hub, GatewayProcess.Secret, "silent", 5, keepAlive: 1));
        Assert.Equal((0x20, 0), await ConnAckAsync(raw));

        Assert.Equal((0xe0, 0x8d), await ReasonAsync(raw));
    }

    [Fact]
    public async Task WrongCredentials_AreLockedOut_AndTheLockOutIsNamed()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal((0x20, 0x86), await TryAsync("wrong"));
        }

        Assert.Equal((0x20, 0x9f), await TryAsync("wrong"));
        Assert.Equal((0x20, 0x9f), await TryAsync(GatewayProcess.Secret));
        await _gateway.WaitForLineAsync("Refused (locked-out) trough-07 at 127.0.0.1");
        await Eventually.TrueAsync(async () => await TryAsync(GatewayProcess.Secret) == (0x20, 0));

        async Task<(int, int)> TryAsync(string secret)
        {
            using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
            await raw.SendAsync(RawMqtt.Connect(GatewayProcess.OtherHub, secret, "guess", 5));
            return await ConnAckAsync(raw);
        }
    }

    [Fact]
    public async Task MoreSubscriptionsThanAllowed_AreRefused_AndOneThatIsGivenBackMakesRoom()
    {
        var (client, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, GatewayProcess.Watcher);
        using var _client = client;

        Assert.Equal([0, 0, 0, 0x97], await SubscribeAsync(client, "a", "b", "c", "d"));
        await client.SendAsync(RawMqtt.Packet(0xa2, [0, 8, 0, .. RawMqtt.Text("stations/napperby/a")]));
        Assert.Equal(0xb0, (await client.ReadAsync())!.Value.Type);
        Assert.Equal([0], await SubscribeAsync(client, "d"));
    }

    [Fact]
    public async Task MoreWatchersThanAllowed_AreRefused()
    {
        var (one, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, GatewayProcess.Watcher, clientId: "w1");
        using var _one = one;
        var (two, _) = await RawMqtt.ConnectAsync(_gateway.PlaintextPort, GatewayProcess.Watcher, clientId: "w2");
        using var _two = two;
        await Eventually.TrueAsync(async () =>
        {
            using var raw = await RawMqtt.OpenAsync(_gateway.PlaintextPort);
            await raw.SendAsync(RawMqtt.Connect(GatewayProcess.Watcher, GatewayProcess.Secret, "w3", 5));
            return await ConnAckAsync(raw) == (0x20, 0x97);
        });
    }

    private static string Payload() => $$$"""{"seq":{{{Interlocked.Increment(ref s_seq)}}},"boot":7,"metrics":{"battery_v":12.6}}""";

    private static async Task<byte[]> SubscribeAsync(RawMqtt client, params string[] topics)
    {
        await client.SendAsync(RawMqtt.Packet(0x82, [0, 7, 0, .. topics.SelectMany(t => (byte[])[.. RawMqtt.Text($"stations/napperby/{t}"), 0])]));
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(0x90, type);
        return body[^topics.Length..];
    }

    /// <summary>Type and reason code of the next DISCONNECT.</summary>
    private static async Task<(int Type, int Reason)> ReasonAsync(RawMqtt client) => await client.ReadAsync() is var (type, body) ? (type, body[0]) : (0, 0);

    private static async Task<(int Type, int Reason)> ConnAckAsync(RawMqtt client) => await client.ReadAsync() is var (type, body) ? (type, body[1]) : (0, 0);

    /// <summary>The process uses next to no processor time: no loop turns.</summary>
    private async Task Assert_IsIdleAsync()
    {
        var before = Ticks();
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => watch.Elapsed > TimeSpan.FromSeconds(1));
        Assert.True(Ticks() - before < 40, $"{Ticks() - before} ticks of 10 ms in a second");
    }

    private long Ticks()
    {
        var fields = File.ReadAllText($"/proc/{_gateway.ProcessId}/stat").Split(' ');
        return long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
    }
}
