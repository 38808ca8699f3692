using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Demo.Tests.Hubs;

public sealed class HubFleetTests : IDisposable
{
    private readonly string _record = Path.Combine(Path.GetTempPath(), $"hubs-{Guid.NewGuid():n}.record");

    public void Dispose() => File.Delete(_record);

    [Fact]
    public async Task RunAsync_WhenAllIsWell_RecordsEachPacketAsPublishedThenAcknowledged()
    {
        await using var broker = await DroppingBroker.StartAsync();

        await RunAsync(broker, packets: 60, hubs: 3);

        var lines = Lines();
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Where(l => l[0] == 'P').Select(l => l[2..]).Order(), lines.Where(l => l[0] == 'A').Select(l => l[2..]).Order());
        Assert.All(lines.Where(l => l[0] == 'A'), a => Assert.True(lines.IndexOf("P" + a[1..]) < lines.IndexOf(a)));
        Assert.All(lines, l => Assert.Matches("^[PA]\tnapperby\th[0-9]\t([0-9]+|-)\t[0-9]+\t[0-9a-f]{16}$", l));
    }

    [Fact]
    public async Task RunAsync_WhenPubacksAreLost_RedeliversTheSameBytesInOrderAndRecordsOnlyWhatWasAcknowledged()
    {
        // Every third publish is taken, but its connection is closed instead of acknowledged.
        await using var broker = await DroppingBroker.StartAsync(n => n % 3 == 0);

        await RunAsync(broker, packets: 60, hubs: 2);

        var lines = Lines();
        var acknowledged = broker.Arrivals.Where(a => a.Acknowledged).Select(a => PacketKey(a.Payload)).ToHashSet();
        var recorded = lines.Where(l => l[0] == 'A').Select(l => l.Split('\t')).Select(f => (f[2], long.Parse(f[4]))).ToHashSet();
        Assert.Contains(broker.Arrivals, a => !a.Acknowledged);
        Assert.All(recorded, r => Assert.Contains(acknowledged, a => a == r));
        Assert.All(acknowledged, a => Assert.Contains(a, recorded));
        foreach (var hub in new[] { "h0", "h1" })
        {
            // In order, each again until acknowledged: seqs never fall and leave nothing out.
            var seqs = broker.Seqs(hub).ToList();
            Assert.All(seqs.Zip(seqs.Skip(1)), p => Assert.InRange(p.Second - p.First, 0, 1));
            Assert.All(broker.Arrivals.Where(a => a.Topic.Contains(hub)).GroupBy(a => PacketKey(a.Payload)), g => Assert.Single(g.Select(a => Convert.ToHexString(a.Payload)).Distinct()));
        }

        (string, long) PacketKey(byte[] payload)
        {
            var arrival = broker.Arrivals.First(a => a.Payload.AsSpan().SequenceEqual(payload));
            return (arrival.Topic.Split('/')[3], System.Text.Json.JsonDocument.Parse(payload).RootElement.GetProperty("seq").GetInt64());
        }
    }

    [Fact]
    public async Task RunAsync_WithFaultsOn_RecordsBadPacketsAndRepeatsAcknowledgedOnes()
    {
        await using var broker = await DroppingBroker.StartAsync();

        await RunAsync(broker, packets: 200, hubs: 2, new HubFleetOptions { BadShare = 0.2, RepeatShare = 0.2 });

        var lines = Lines();
        Assert.Contains(lines, l => l.StartsWith("X\tnapperby\t", StringComparison.Ordinal));
        Assert.All(lines.Where(l => l[0] == 'X'), l => Assert.Contains(broker.Arrivals, a => l.EndsWith(PacketHash.OfBytes(a.Payload).ToString("x16"), StringComparison.Ordinal)));
        Assert.True(broker.Arrivals.Count > broker.Arrivals.Select(a => Convert.ToHexString(a.Payload)).Distinct().Count());
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    private List<string> Lines() => [.. File.ReadAllLines(_record)];

    /// <summary>Runs a fleet until the broker has seen so many publishes and the fleet has stopped.</summary>
    private async Task RunAsync(DroppingBroker broker, int packets, int hubs, HubFleetOptions? options = null)
    {
        options = (options ?? new HubFleetOptions { BadShare = 0, RepeatShare = 0 }) with
        {
            Interval = TimeSpan.FromMilliseconds(5),
            MinBackoff = TimeSpan.FromMilliseconds(5),
            MaxBackoff = TimeSpan.FromMilliseconds(20),
            RebootShare = 0,
        };
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var record = new RecordFile(_record, TimeProvider.System);
        await using (record)
        {
            GatewayTarget gateway = new("napperby", "127.0.0.1", broker.Port, null, [.. Enumerable.Range(0, hubs).Select(i => new HubTarget($"h{i}", "s"))]);
            broker.WhenArrived(packets, stop.Cancel);
            await new HubFleet([gateway], options, record, TimeProvider.System).RunAsync(stop.Token);
        }

        Assert.True(broker.Arrivals.Count >= packets, $"only {broker.Arrivals.Count} publishes in time");
        Assert.Equal(File.ReadAllLines(_record).Count(l => l[0] == 'A'), record.Acknowledged);
    }
}
