using CsCheck;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Formats.Sparkplug;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Formats.Sparkplug;

public sealed class SparkplugNodeProperties
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    [Fact]
    public void Read_OfASimulatedNode_GivesTheTruth_WithNumbersThatShowWhatIsMissing() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var simulated = new SimulatedNode(random);
                var node = new SparkplugNode();
                var hub = new HubBoots();
                var keys = new HashSet<(long Boot, long Seq)>();
                for (var session = 0; session < 3; session++)
                {
                    Take(simulated.NodeBirth(), missed: false);
                    foreach (var birth in simulated.DeviceBirths())
                    {
                        Take(birth, missed: false);
                    }

                    var missed = false;
                    for (var i = 0; i < 400; i++)
                    {
                        var data = simulated.Data();
                        if (random.Next(10) == 0)
                        {
                            missed = true; // QoS 0: lost on the way
                            continue;
                        }

                        Take(data, missed);
                        missed = false;
                    }

                    if (random.Next(2) == 0)
                    {
                        Take(simulated.NodeDeath(), missed: false, offset: 1);
                    }
                }

                void Take(SimulatedMessage message, bool missed, int offset = 0)
                {
                    var reading = node.Read(message.Kind, message.Device, message.Bytes);
                    Assert.Null(reading.Fault);
                    Assert.Null(reading.LeftOut);
                    var packet = Assert.Single(reading.Packets);
                    Assert.Equal(message.Time, packet.HubTime);
                    Assert.Equal(message.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal), packet.Metrics.Select(m => KeyValuePair.Create(m.Name, m.Value)).OrderBy(m => m.Key, StringComparer.Ordinal));
                    Assert.Equal(missed, reading.RebirthReason is not null);

                    var unnumbered = new UnnumberedPacket(PacketParser.Hash(message.Bytes), reading.MayRepeat, reading.StartsBoot, reading.Advance);
                    var (decision, seq) = hub.Number(unnumbered, Start, random);
                    hub.Apply(decision, seq, unnumbered.Identity);
                    Assert.Equal(BootOutcome.Accept, decision.Outcome);
                    Assert.True(keys.Add((decision.Boot, seq)));
                    if (offset == 0)
                    {
                        Assert.Equal(message.Number, seq);
                    }

                    if (random.Next(5) == 0 && reading.MayRepeat)
                    {
                        // The same message again teaches nothing and is the same packet.
                        var again = node.Read(message.Kind, message.Device, message.Bytes);
                        var (known, number) = hub.Number(new UnnumberedPacket(unnumbered.Identity, again.MayRepeat, again.StartsBoot, again.Advance), Start, random);
                        Assert.Equal((BootOutcome.Duplicate, decision.Boot, seq), (known.Outcome, known.Boot, number));
                    }
                }
            },
            iter: 60);

    [Fact]
    public void Read_OfArbitraryBytes_NeverThrows() =>
        Gen.Select(Gen.Enum<SparkplugMessage>(), Gen.Byte.Array[0, 200]).Sample(
            (message, bytes) => AssertSound(new SparkplugNode().Read(message, message >= SparkplugMessage.DeviceBirth ? "d" : "", bytes)), iter: 20_000);

    [Fact]
    public void Read_OfMutatedSessions_NeverThrows() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var simulated = new SimulatedNode(random);
                var node = new SparkplugNode();
                foreach (var message in (SimulatedMessage[])[simulated.NodeBirth(), .. simulated.DeviceBirths(), simulated.Data(), simulated.Data(), simulated.NodeDeath()])
                {
                    var bytes = message.Bytes.ToList();
                    for (var i = random.Next(5); i > 0; i--)
                    {
                        var at = random.Next(bytes.Count);
                        switch (random.Next(3))
                        {
                            case 0: bytes[at] = (byte)random.Next(256); break;
                            case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                            default: bytes.RemoveRange(at, Math.Min(random.Next(3), bytes.Count - at)); break;
                        }
                    }

                    AssertSound(node.Read(message.Kind, message.Device, bytes.ToArray()));
                }
            },
            iter: 5_000);

    private static void AssertSound(SourceReading reading)
    {
        Assert.Equal(reading.Fault is null, reading.Packets.Count > 0);
        Assert.InRange(reading.Fault?.Reason.Length ?? 1, 1, 300);
        Assert.InRange(reading.LeftOut?.Reason.Length ?? 1, 1, 300);
        Assert.InRange(reading.Advance, 1, 128);
        foreach (var packet in reading.Packets)
        {
            Assert.True(PacketParser.TryParse(PacketWriter.Write(new Packet(0, null, packet.HubTime, packet.Metrics)), out _, out var fault), fault?.Reason);
        }
    }
}
