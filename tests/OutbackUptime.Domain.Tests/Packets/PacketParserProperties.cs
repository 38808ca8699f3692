using System.Globalization;
using System.Text;
using CsCheck;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Packets;

public sealed class PacketParserProperties
{
    private static readonly Gen<string> Names = Gen.Select(
        Gen.Char['a', 'z'],
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789_"].Array[0, 20],
        (first, rest) => first + new string(rest));

    private static readonly Gen<double> Finite = Gen.Double.Where(double.IsFinite);

    private static readonly Gen<Packet> Packets = Gen.Select(
        Gen.Long[0, PacketParser.MaxSeq],
        Gen.Long[0, PacketParser.MaxHubBoot].Nullable(),
        Gen.DateTime[new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc)].Nullable(),
        Gen.Select(Names, Finite, (n, v) => new Metric(n, v)).Array[1, 64],
        (seq, boot, ts, metrics) => new Packet(
            seq, boot, ts is { } t ? new DateTimeOffset(t.Ticks, TimeSpan.Zero) : null, [.. metrics.DistinctBy(m => m.Name)]));

    [Fact]
    public void TryParse_OfWhatWasWritten_GivesItBack() =>
        Packets.Sample(expected =>
        {
            Assert.True(PacketParser.TryParse(Write(expected), out var packet, out var fault), fault?.Reason);
            Assert.Equal(expected with { Metrics = [] }, packet with { Metrics = expected.Metrics.Take(0).ToArray() }, SameEnvelope);
            Assert.Equal(expected.Metrics, packet.Metrics);
        });

    [Fact]
    public void TryParse_OfArbitraryBytes_NeverThrows() =>
        Gen.Byte.Array[0, 200].Sample(bytes => AssertSound(bytes), iter: 20_000);

    [Fact]
    public void TryParse_OfMutatedPackets_NeverThrows() =>
        Gen.Select(Packets, Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 2]).Array[1, 6]).Sample(
            (packet, mutations) =>
            {
                var bytes = Write(packet).ToList();
                foreach (var (at, value, how) in mutations)
                {
                    var i = at % bytes.Count;
                    switch (how)
                    {
                        case 0: bytes[i] = value; break;
                        case 1: bytes.Insert(i, value); break;
                        default: bytes.RemoveRange(i, Math.Min(bytes.Count - 1, 1)); break;
                    }
                }

                AssertSound([.. bytes]);
            },
            iter: 20_000);

    private static bool SameEnvelope(Packet a, Packet b) => a.Seq == b.Seq && a.Boot == b.Boot && a.HubTime == b.HubTime;

    private static void AssertSound(byte[] bytes)
    {
        var ok = PacketParser.TryParse(bytes, out var packet, out var fault);
        Assert.Equal(ok, packet is not null);
        Assert.Equal(ok, fault is null);
        if (packet is not null)
        {
            Assert.InRange(packet.Metrics.Count, 1, PacketParser.MaxMetrics);
            Assert.All(packet.Metrics, m => Assert.True(double.IsFinite(m.Value)));
        }
        else
        {
            Assert.InRange(fault!.Reason.Length, 1, 300);
            Assert.DoesNotContain(fault.Reason, char.IsControl);
        }
    }

    private static byte[] Write(Packet packet)
    {
        var json = new StringBuilder("{\"seq\":").Append(packet.Seq);
        if (packet.Boot is { } boot)
        {
            json.Append(",\"boot\":").Append(boot);
        }

        if (packet.HubTime is { } ts)
        {
            json.Append(",\"ts\":\"").Append(ts.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)).Append('"');
        }

        json.Append(",\"metrics\":{").AppendJoin(',', packet.Metrics.Select(m => $"\"{m.Name}\":{m.Value:R}")).Append("}}");
        return Encoding.UTF8.GetBytes(json.ToString());
    }
}
