using CsCheck;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Packets;

public sealed class PacketWriterProperties
{
    private static readonly Gen<string> Names = Gen.Select(Gen.Char['a', 'z'], Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789_"].Array[0, 60], (first, rest) => first + new string(rest));

    [Fact]
    public void Write_OfAnyPacket_IsReadBackTheSame() =>
        Gen.Select(
            Gen.Long[0, PacketParser.MaxSeq],
            Gen.Long[0, PacketParser.MaxHubBoot].Nullable(),
            Gen.DateTime[new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc)].Nullable(),
            Gen.Select(Names, Gen.Double.Where(double.IsFinite), (n, v) => new Metric(n, v)).Array[1, PacketParser.MaxMetrics]).Sample((seq, boot, time, metrics) =>
        {
            var packet = new Packet(seq, boot, time is { } t ? new DateTimeOffset(t.Ticks, TimeSpan.Zero) : null, [.. metrics.DistinctBy(m => m.Name)]);

            var payload = PacketWriter.Write(packet);

            Assert.True(PacketParser.TryParse(payload, out var read, out var fault), fault?.Reason);
            Assert.Equal((packet.Seq, packet.Boot, packet.HubTime), (read.Seq, read.Boot, read.HubTime));
            Assert.Equal(packet.Metrics, read.Metrics);
            Assert.Equal(payload, PacketWriter.Write(read));
        });
}
