using Microsoft.Extensions.Configuration;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Status;
using OutbackUptime.EdgeGateway.Tests.Journal.Overflow;
using Xunit.Abstractions;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Status;

/// <summary>How large a packet is on the card. The docs' figure is this test's.</summary>
[Trait("Suite", "Slow")]
public sealed class JournalSizeTests(ITestOutputHelper output)
{
    private const int Hubs = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    /// <summary>A quarter of a day of 100 simulated hubs' packets, as they come over the wire, into a journal on disk.</summary>
    [Fact]
    public async Task FourGibibytes_HoldThirtyDaysOf100HubsAt30Seconds()
    {
        var now = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        var sources = Enumerable.Range(1, Hubs)
            .Select(i => new HubTarget($"water-{i:00}", "", null))
            .Select(h => (h.Id, Source: new PacketSource("napperby", h, new HubFleetOptions { Interval = s_interval, BadShare = 0 }, now)))
            .ToList();
        var clock = new WallClock(now);
        await using var fixture = new JournalFixture { Time = clock };
        await fixture.OpenAsync();
        var (payloads, packets) = (0L, 0L);
        for (var end = now.AddHours(6); now < end; now += s_interval * 10)
        {
            List<Task<AppendResult>> appends = [];
            for (var i = 0; i < 10; i++)
            {
                foreach (var (id, source) in sources)
                {
                    foreach (var packet in source.Next(now + (s_interval * i)))
                    {
                        Assert.True(PacketParser.TryParse(packet.Payload, out var parsed, out var fault), fault?.Reason);
                        payloads += packet.Payload.Length;
                        packets++;
                        appends.Add(fixture.Journal.AppendAsync(new IncomingPacket(id, $"stations/napperby/hubs/{id}/packets", packet.Payload, parsed, null)));
                    }
                }
            }

            Assert.All(await Task.WhenAll(appends), r => Assert.Equal(AppendStatus.Accepted, r.Status));
            clock.Advance(s_interval * 10);
        }

        var each = (double)fixture.Journal.UsedBytes / packets;
        var options = new JournalOptions();
        var days = options.Limits.HighBytes / each / (Hubs * 86_400 / s_interval.TotalSeconds);
        output.WriteLine($"{packets:N0} packets of {(double)payloads / packets:F0} bytes take {each:F0} bytes each; {options.MaxBytes >> 30} GiB hold {days:F1} days of {Hubs} hubs at {s_interval.TotalSeconds} s before anything is given up, {days * options.MaxBytes / options.Limits.HighBytes:F1} until packets would be refused.");
        using var status = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:DataDirectory", Path.GetDirectoryName(fixture.Path))]).Build();
        Assert.Equal(0, JournalCommand.Run(["status"], configuration, clock, status, status));
        output.WriteLine(status.ToString());
        Assert.Contains("rate       288,000 packets a day", status.ToString(), StringComparison.Ordinal);
        Assert.True(days >= 30, $"{days:F1} days");
        // What the budget reckons with before the journal can tell.
        Assert.InRange(JournalSize.EntryOverhead - (each - ((double)payloads / packets)), -15, 15);
    }
}
