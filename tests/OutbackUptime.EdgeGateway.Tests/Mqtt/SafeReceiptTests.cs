using System.Collections.Concurrent;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Tests.Uplink;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

/// <summary>Receipts back to a hub that asks, through a real gateway between a hub and regions that say what the test says.</summary>
[Trait("Suite", "Slow")]
public sealed class SafeReceiptTests : IAsyncLifetime
{
    private const string Packets = "stations/napperby/hubs/bore-01/packets";
    private readonly FakeRegion _syd = new();
    private readonly FakeRegion _mel = new();
    private readonly ConcurrentQueue<(long Boot, long Seq)> _receipts = new();
    private GatewayProcess _gateway = null!;
    private volatile string[] _stores = ["syd", "mel"];

    public async Task InitializeAsync()
    {
        foreach (var region in new[] { _syd, _mel })
        {
            region.Answer = frame =>
            {
                var receipt = FakeRegion.Final(frame);
                receipt.CommittedRegions.Clear();
                receipt.CommittedRegions.Add(_stores.Intersect(frame.OwedRegions));
                return [receipt];
            };
            await region.StartAsync();
        }

        _gateway = new GatewayProcess(
            ("Uplink__Regions__syd__Endpoints__0", $"http://127.0.0.1:{_syd.Port}"), ("Uplink__Regions__mel__Endpoints__0", $"http://127.0.0.1:{_mel.Port}"));
        await _gateway.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _syd.DisposeAsync();
        await _mel.DisposeAsync();
    }

    [Fact]
    public async Task AHubThatAsks_HearsWhatIsSafe_AndNothingThatOnlyOneRegionHas()
    {
        using var hub = await AskAsync();
        await PublishAsync(hub, 1, 3);
        await Eventually.TrueAsync(() => _receipts.Contains((7, 3)), describe: () => string.Join("; ", _receipts));

        _stores = ["syd"];
        await PublishAsync(hub, 4, 6);
        await Eventually.TrueAsync(() => _syd.Frames.Concat(_mel.Frames).SelectMany(f => f.Entries).Any(e => e.Seq == 6));
        Assert.All(_receipts, r => Assert.True(r.Seq <= 3, $"{r} was told and only one region has it"));

        _stores = ["syd", "mel"];
        await PublishAsync(hub, 7, 7);
        await Eventually.TrueAsync(() => _receipts.Contains((7, 7)), describe: () => string.Join("; ", _receipts));
        Assert.Equal(_receipts.Order(), _receipts);
    }

    [Fact]
    public async Task AfterARestart_AReceiptWaitsForAllOfBefore()
    {
        _stores = ["syd"];
        using (var hub = await AskAsync())
        {
            await PublishAsync(hub, 1, 3);
        }

        await _gateway.KillAsync();
        await _gateway.StartAsync();
        using var again = await AskAsync();
        await PublishAsync(again, 4, 4);
        Assert.Empty(_receipts);

        _stores = ["syd", "mel"];
        await PublishAsync(again, 5, 5);
        await Eventually.TrueAsync(() => _receipts.Contains((7, 5)), describe: () => string.Join("; ", _receipts));
    }

    private static async Task PublishAsync(IMqttClient hub, long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
        {
            await hub.PublishStringAsync(Packets, $$$"""{"seq":{{{seq}}},"boot":7,"metrics":{"v":1}}""", MqttQualityOfServiceLevel.AtLeastOnce);
        }
    }

    private async Task<IMqttClient> AskAsync()
    {
        var hub = await MqttTestClient.ConnectAsync(_gateway, GatewayProcess.Hub);
        hub.ApplicationMessageReceivedAsync += e =>
        {
            var json = JsonDocument.Parse(e.ApplicationMessage.ConvertPayloadToString()).RootElement;
            _receipts.Enqueue((json.GetProperty("boot").GetInt64(), json.GetProperty("seq").GetInt64()));
            return Task.CompletedTask;
        };
        await hub.SubscribeAsync("stations/napperby/hubs/bore-01/safe", MqttQualityOfServiceLevel.AtLeastOnce);
        return hub;
    }
}
