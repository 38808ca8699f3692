using CsCheck;
using OutbackUptime.Domain.Formats.SenMl;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Formats;

public sealed class MetricNamesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    [Theory]
    [InlineData("temp", "Cel", "temp_c")]
    [InlineData("battery", "V", "battery_v")]
    [InlineData("battery_v", "V", "battery_v")]
    [InlineData("tankLevel", "%", "tank_level_pct")]
    [InlineData("urn:dev:ow:10e2073a01080063:voltage", "V", "urn_dev_ow_10e2073a01080063_voltage_v")]
    [InlineData("7", null, "m_7")]
    [InlineData("humidity", "%RH", "humidity_rh_pct")]
    [InlineData("wind", "m/s", "wind_mps")]
    [InlineData("flow", "l/min", "flow_lpm")]
    [InlineData("dose", "Gy/h", "dose_gy_per_h")]
    public void Names_OfSenMl_AreMetricNames(string name, string? unit, string expected) => Assert.Equal([expected], Names((name, unit)));

    [Fact]
    public void Names_ThatWouldMeet_GetAHashEach_ButForTheOneThatIsPlain()
    {
        var names = Names(("Temp", null), ("temp", null), ("TEMP", null));

        Assert.Equal("temp", names[1]);
        Assert.StartsWith("temp_", names[0], StringComparison.Ordinal);
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(names.Order(), Names(("TEMP", null), ("temp", null), ("Temp", null)).Order());
    }

    [Fact]
    public void Names_OfAny_AreValidAndOnePerOriginal() =>
        Gen.Select(Gen.Char["ABCabc019-:./_"].Array[1, 90].Where(c => char.IsAsciiLetterOrDigit(c[0])), Gen.OneOfConst<string?>(null, "V", "%", "m/s", "??")).Array[1, 30].Sample(originals =>
        {
            (string Name, string? Unit)[] distinct = [.. originals.Select(o => (new string(o.Item1), (string?)o.Item2)).Distinct()];

            var names = Names(distinct);

            Assert.Equal(distinct.Length, names.Count);
            Assert.All(names, n => Assert.Matches("^[a-z][a-z0-9_]{0,63}$", n));
            Assert.True(distinct.DistinctBy(d => (d.Name, SuffixOf(d.Unit))).Count() <= names.Distinct().Count());
        });

    // "??" has no letter or digit, so it is no unit.
    private static string SuffixOf(string? unit) => unit is null or "??" ? "" : unit;

    private static List<string> Names(params (string Name, string? Unit)[] originals)
    {
        var records = originals.Select((o, i) => $"{{\"n\":\"{o.Name}\",\"v\":{i}{(o.Unit is null ? "" : $",\"u\":\"{o.Unit}\"")}}}");
        var reading = SenMlReader.Read("bore-01", System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', records)}]"), Now);
        Assert.Null(reading.Fault);
        var metrics = reading.Packets.SelectMany(p => p.Metrics).OrderBy(m => m.Value).ToList();
        Assert.All(reading.Packets, p => Assert.InRange(p.Metrics.Count, 1, PacketParser.MaxMetrics));
        return [.. metrics.Select(m => m.Name)];
    }
}
