using CsCheck;
using OutbackUptime.Domain.Boots;

namespace OutbackUptime.Domain.Tests.Boots;

public sealed class SimulatedHubProperties
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    [Theory]
    [InlineData(16, false)]
    [InlineData(16, true)]
    [InlineData(32, false)]
    [InlineData(32, true)]
    public void Keys_OfAHubThatRestartsWrapsLeapsAndRepeats_AreOnePerPacket(int bits, bool sendsBoot) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var hub = new HubBoots();
                var keys = new Dictionary<(long Boot, long Seq), ulong>();
                var byPacket = new Dictionary<ulong, (long Boot, long Seq)>();
                foreach (var (packet, again) in new SimulatedHub(random, bits, sendsBoot).Deliver(600))
                {
                    var decision = hub.Decide(packet.Seq, packet.Boot, packet.Id, Start, random);
                    hub.Apply(decision, packet.Seq, packet.Id);
                    var key = (decision.Boot, packet.Seq);

                    Assert.Equal(again ? BootOutcome.Duplicate : BootOutcome.Accept, decision.Outcome);
                    Assert.True(keys.TryAdd(key, packet.Id) || keys[key] == packet.Id, $"key {key} was given to packets {keys[key]} and {packet.Id}");
                    Assert.True(byPacket.TryAdd(packet.Id, key) || byPacket[packet.Id] == key, $"packet {packet.Id} got the keys {byPacket[packet.Id]} and {key}");
                }
            },
            iter: 400);

    [Fact]
    public void Numbers_OfUnnumberedAmongNumberedPackets_NeverMeet() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var hub = new HubBoots();
                var keys = new HashSet<(long Boot, long Seq)>();
                var recent = new Queue<(UnnumberedPacket Packet, long Boot, long Seq)>();
                for (var id = 1UL; id < 500; id++)
                {
                    if (random.Next(3) == 0)
                    {
                        var seq = random.Next(300);
                        var numbered = hub.Decide(seq, null, id, Start, random);
                        hub.Apply(numbered, seq, id);
                        Assert.True(keys.Add((numbered.Boot, seq)));
                        continue;
                    }

                    var packet = new UnnumberedPacket(id, MayRepeat: random.Next(2) == 0, StartsBoot: random.Next(50) == 0, Advance: 1 + (random.Next(10) == 0 ? random.Next(128) : 0));
                    var (decision, number) = hub.Number(packet, Start, random);
                    hub.Apply(decision, number, id);
                    Assert.Equal(BootOutcome.Accept, decision.Outcome);
                    Assert.True(keys.Add((decision.Boot, number)), $"key ({decision.Boot}, {number}) was given twice");

                    // The newest is in the ring whatever came before.
                    var again = hub.Number(packet with { MayRepeat = true }, Start, random);
                    Assert.Equal((BootOutcome.Duplicate, decision.Boot, number), (again.Boot.Outcome, again.Boot.Boot, again.Seq));
                }
            },
            iter: 400);
}
