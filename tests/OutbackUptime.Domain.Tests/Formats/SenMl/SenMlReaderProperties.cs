using System.Globalization;
using System.Text;
using CsCheck;
using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Formats.SenMl;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Formats.SenMl;

public sealed class SenMlReaderProperties
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    // What a hub has measured: by ms since 2020, metric and value.
    private static readonly Gen<(long Ms, string Name, double Value)[]> Truth = Gen.Select(
        Gen.Long[0, 5].Select(m => (m * 30_000) + 200_000_000_123),
        Gen.OneOfConst("battery_v", "tank_level_pct", "flow_lpm", "rssi"),
        Gen.Double[-1e6, 1e6],
        (ms, name, value) => (ms, name, value)).Array[1, 40].Select(all => all.DistinctBy(v => (v.Item1, v.Item2)).ToArray());

    [Fact]
    public void Read_OfAnyWayToPackIt_GivesTheTruth() =>
        Gen.Select(Truth, Gen.Int).Sample(
            (truth, seed) =>
            {
                var reading = SenMlReader.Read("bore-01", Pack(truth, new Random(seed)), Now);

                Assert.Null(reading.Fault);
                Assert.Null(reading.LeftOut);
                Assert.Equal(truth.Select(t => t.Ms).Distinct().Count(), reading.Packets.Count);
                Assert.Equal(
                    truth.Select(t => (t.Ms, t.Name, t.Value)).Order(),
                    reading.Packets.SelectMany(p => p.Metrics.Select(m => ((long)Math.Round((p.HubTime!.Value - Since).TotalMilliseconds), m.Name, m.Value))).Order());
            },
            iter: 3_000);

    [Fact]
    public void Read_OfArbitraryBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(AssertSound, iter: 20_000);

    [Fact]
    public void Read_OfMutatedPacks_NeverThrows() =>
        Gen.Select(Truth, Gen.Int).Sample(
            (truth, seed) =>
            {
                var random = new Random(seed);
                var bytes = Pack(truth, random).ToList();
                for (var i = random.Next(6); i >= 0; i--)
                {
                    var at = random.Next(bytes.Count);
                    switch (random.Next(3))
                    {
                        case 0: bytes[at] = (byte)random.Next(256); break;
                        case 1: bytes.Insert(at, (byte)"\"{}[],:-0e9"[random.Next(11)]); break;
                        default: bytes.RemoveRange(at, Math.Min(1, bytes.Count - 1)); break;
                    }
                }

                AssertSound([.. bytes]);
            },
            iter: 20_000);

    private static readonly DateTimeOffset Since = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static void AssertSound(byte[] bytes)
    {
        var reading = SenMlReader.Read("bore-01", bytes, Now);
        Assert.Equal(reading.Fault is null, reading.Packets.Count > 0);
        Assert.InRange(reading.Fault?.Reason.Length ?? 1, 1, 300);
        Assert.InRange(reading.LeftOut?.Reason.Length ?? 1, 1, 300);
        foreach (var packet in reading.Packets)
        {
            // Whatever is taken, the region's parser takes too.
            Assert.True(PacketParser.TryParse(PacketWriter.Write(new Packet(0, null, packet.HubTime, packet.Metrics)), out _, out var fault), fault?.Reason);
        }
    }

    /// <summary>Packs it with base fields or without, and in units where the name says them.</summary>
    private static byte[] Pack((long Ms, string Name, double Value)[] truth, Random random)
    {
        var (useBaseTime, byUnit) = (random.Next(2) == 0, random.Next(2) == 0);
        var json = new StringBuilder("[");
        var start = Since.ToUnixTimeMilliseconds();
        foreach (var (ms, name, value) in truth)
        {
            json.Append(json.Length == 1 ? "{" : ",{");
            if (json.Length == 2)
            {
                json.Append(random.Next(2) == 0 ? "\"bn\":\"bore-01:\"," : "\"bver\":10,");
                if (useBaseTime)
                {
                    json.Append(CultureInfo.InvariantCulture, $"\"bt\":{Seconds(start + 200_000_000_123)},");
                }
            }

            var (plain, unit) = name switch { "battery_v" => ("battery", "V"), "tank_level_pct" => ("tankLevel", "%"), "flow_lpm" => ("flow", "l/min"), _ => (name, null) };
            var asUnit = unit is not null && byUnit;
            json.Append(CultureInfo.InvariantCulture, $"\"n\":\"{(asUnit ? plain : name)}\",\"v\":{value:R}");
            json.Append(asUnit ? $",\"u\":\"{unit}\"" : "");
            json.Append(CultureInfo.InvariantCulture, $",\"t\":{(useBaseTime ? Seconds(ms - 200_000_000_123) : Seconds(start + ms))}}}");
        }

        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    private static string Seconds(long ms) => (ms / 1000m).ToString(CultureInfo.InvariantCulture);
}
