using System.Globalization;
using System.Text.Json;
using CsCheck;
using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Demo.Tests.Hubs;

public sealed class PacketSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_WithTheSameSeedAndTimes_GivesTheSamePayloads() =>
        Gen.Int.Sample(
            seed => Assert.Equal(Payloads(seed, "bore-01", 200), Payloads(seed, "bore-01", 200)),
            iter: 50);

    [Fact]
    public void Next_WithAnotherHubOrSeed_GivesOtherPayloads()
    {
        Assert.NotEqual(Payloads(1, "bore-01", 3), Payloads(1, "bore-02", 3));
        Assert.NotEqual(Payloads(1, "bore-01", 3), Payloads(2, "bore-01", 3));
    }

    [Fact]
    public void Next_Always_SaysNoKeyTwiceAndHashesWhatTheJsonSays() =>
        Gen.Select(Gen.Int, Gen.Bool).Sample(
            (seed, boot) =>
            {
                var keys = new HashSet<(long?, long, ulong)>();
                foreach (var packet in Packets(seed, new HubTarget("h", "s", boot), 300).Where(p => p.Kind == HubPacketKind.Good))
                {
                    Assert.True(keys.Add((packet.Boot, packet.Seq, boot ? 0 : packet.Hash)));
                    Assert.Equal(boot, packet.Boot is not null);
                    Assert.Equal(packet.Hash, HashOfJson(packet.Payload));
                }
            },
            iter: 50);

    [Fact]
    public void Next_WhenRebooting_RaisesBootAndStartsSeqAtZero()
    {
        var packets = Packets(3, new HubTarget("h", "s", true), 2_000).Where(p => p.Kind == HubPacketKind.Good).ToList();

        var restarts = packets.Zip(packets.Skip(1)).Where(p => p.First.Boot != p.Second.Boot).ToList();

        Assert.NotEmpty(restarts);
        Assert.All(restarts, p => Assert.Equal((p.First.Boot + 1, 0L), (p.Second.Boot, p.Second.Seq)));
        Assert.All(packets.Zip(packets.Skip(1)).Where(p => p.First.Boot == p.Second.Boot), p => Assert.Equal(p.First.Seq + 1, p.Second.Seq));
    }

    [Fact]
    public void Next_OnAHotDay_DrainsTheTankByDrinkingAndFillsItBySun()
    {
        var water = new WaterPoint(new Random(5));
        var levels = Enumerable.Range(0, 48).Select(h => water.Measure(Start.AddHours(h))).ToList();

        Assert.Contains(levels.Zip(levels.Skip(1)), p => p.Second["tank_level_pct"] < p.First["tank_level_pct"]);
        Assert.Contains(levels, m => m["pump_current_a"] > 0);
        Assert.All(levels, m => Assert.InRange(m["tank_level_pct"], 0, 100));
        Assert.All(levels, m => Assert.InRange(m["battery_v"], 11, 15));
        // Solar noon at UTC+9:30 is 02:30 UTC, midnight 14:30.
        Assert.True(levels[2]["solar_w"] > 20);
        Assert.Equal(0, levels[14]["solar_w"]);
        Assert.True(levels[5]["temperature_c"] > levels[17]["temperature_c"]);
    }

    [Fact]
    public void Make_Always_GivesSomethingThatIsNoPacket() =>
        Gen.Int.Sample(seed => Assert.ThrowsAny<Exception>(() => HashOfJson(BadPackets.Make(new Random(seed)))));

    private static List<HubPacket> Packets(int seed, HubTarget hub, int count)
    {
        var source = new PacketSource("napperby", hub, new HubFleetOptions { Seed = seed, RebootShare = 0.01, BadShare = 0.02 }, Start);
        return [.. Enumerable.Range(0, count).SelectMany(i => source.Next(Start.AddSeconds(i)))];
    }

    private static List<string> Payloads(int seed, string hub, int count) =>
        [.. Packets(seed, new HubTarget(hub, "s"), count).Select(p => Convert.ToHexString(p.Payload))];

    /// <summary>A strict reading of the contract, apart from the code under test.</summary>
    private static ulong HashOfJson(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
        Assert.True(json.RootElement.GetProperty("seq").GetInt64() >= 0);
        DateTimeOffset? ts = json.RootElement.TryGetProperty("ts", out var t) ? DateTimeOffset.Parse(t.GetString()!, CultureInfo.InvariantCulture) : null;
        var metrics = json.RootElement.GetProperty("metrics").EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.GetDouble())).ToList();
        Assert.All(metrics, m => Assert.True(double.IsFinite(m.Value)));
        return PacketHash.OfContent(ts, metrics);
    }
}
