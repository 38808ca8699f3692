using System.Text;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Packets;

public sealed class PacketParserTests
{
    [Fact]
    public void TryParse_WhenPacketIsWhole_ReadsEveryField()
    {
        var ok = Parse(
            """{"seq":18231,"boot":42,"ts":"2026-11-23T01:02:03.456Z","metrics":{"battery_v":12.61,"tank_level_pct":-71.4e-1}}""",
            out var packet, out var fault);

        Assert.True(ok, fault?.Reason);
        Assert.Equal(18231, packet!.Seq);
        Assert.Equal(42, packet.Boot);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero), packet.HubTime);
        Assert.Equal([new Metric("battery_v", 12.61), new Metric("tank_level_pct", -7.14)], packet.Metrics);
    }

    [Theory]
    [InlineData("""{"seq":0,"metrics":{"a":1}}""")]
    [InlineData("""  {"metrics":{"a":1},"seq":9007199254740991}  """)]
    [InlineData("""{"seq":0,"boot":999999999999999,"metrics":{"a":1}}""")]
    [InlineData("""{"\u0073eq":1,"metrics":{"\u0061":1}}""")]
    [InlineData("""{"seq":1,"ts":"2026-11-23t01:02:60.1234567891z","metrics":{"a":1}}""")]
    [InlineData("""{"seq":1,"ts":"2026-11-23T01:02:03-09:30","metrics":{"a":1}}""")]
    [InlineData("""{"seq":1,"ts":"0001-01-01T00:00:00Z","metrics":{"a":1}}""")]
    public void TryParse_WhenWithinTheRules_Takes(string json) =>
        Assert.True(Parse(json, out _, out var fault), fault?.Reason);

    [Theory]
    [InlineData("", FaultCodes.PayloadEmpty)]
    [InlineData("[]", FaultCodes.NotAnObject)]
    [InlineData("1", FaultCodes.NotAnObject)]
    [InlineData("{", FaultCodes.JsonInvalid)]
    [InlineData(" ", FaultCodes.JsonInvalid)]
    [InlineData("{\"seq\":1,}", FaultCodes.JsonInvalid)]
    [InlineData("{} //", FaultCodes.TrailingBytes)]
    [InlineData("""{"seq":1,"metrics":{"a":1}}{}""", FaultCodes.TrailingBytes)]
    [InlineData("{\"seq\":1,\"metrics\":{\"a\":1}}\0", FaultCodes.TrailingBytes)]
    [InlineData("""{"seq":1,"metrics":{"a":NaN}}""", FaultCodes.JsonInvalid)]
    [InlineData("""{"seq":1,"metrics":{"a":1e999}}""", FaultCodes.MetricNotFinite)]
    [InlineData("""{"seq":1,"metrics":{"a":"1"}}""", FaultCodes.MetricNotNumber)]
    [InlineData("""{"seq":1,"metrics":{"a":null}}""", FaultCodes.MetricNotNumber)]
    [InlineData("""{"seq":1,"metrics":{"a":{"b":1}}}""", FaultCodes.MetricNotNumber)]
    [InlineData("""{"seq":1,"metrics":{"A":1}}""", FaultCodes.MetricNameInvalid)]
    [InlineData("""{"seq":1,"metrics":{"1a":1}}""", FaultCodes.MetricNameInvalid)]
    [InlineData("""{"seq":1,"metrics":{"":1}}""", FaultCodes.MetricNameInvalid)]
    [InlineData("""{"seq":1,"metrics":{"a":1,"a":1}}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"seq":1,"metrics":{"a":1,"\u0061":1}}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"seq":1,"seq":1,"metrics":{"a":1}}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"boot":1,"boot":1}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"ts":"2026-11-23T01:02:03Z","ts":"2026-11-23T01:02:03Z"}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"metrics":{"a":1},"metrics":{"b":1}}""", FaultCodes.DuplicateKey)]
    [InlineData("""{"seq":1,"metrics":{"a":1},"site":"x"}""", FaultCodes.UnknownProperty)]
    [InlineData("""{"seq":1,"\ud800":1}""", FaultCodes.JsonInvalid)]
    [InlineData("""{"seq":1.5,"metrics":{"a":1}}""", FaultCodes.SeqNotInteger)]
    [InlineData("""{"seq":"1","metrics":{"a":1}}""", FaultCodes.SeqNotInteger)]
    [InlineData("""{"seq":-1,"metrics":{"a":1}}""", FaultCodes.SeqOutOfRange)]
    [InlineData("""{"seq":9007199254740992,"metrics":{"a":1}}""", FaultCodes.SeqOutOfRange)]
    [InlineData("""{"boot":null}""", FaultCodes.BootNotInteger)]
    [InlineData("""{"boot":1000000000000000}""", FaultCodes.BootOutOfRange)]
    [InlineData("""{"boot":-1}""", FaultCodes.BootOutOfRange)]
    [InlineData("""{"metrics":{"a":1}}""", FaultCodes.SeqMissing)]
    [InlineData("""{"seq":1}""", FaultCodes.MetricsMissing)]
    [InlineData("""{"seq":1,"metrics":{}}""", FaultCodes.MetricsEmpty)]
    [InlineData("""{"seq":1,"metrics":[1]}""", FaultCodes.MetricsNotAnObject)]
    [InlineData("""{"ts":1}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-02-29T00:00:00Z"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23T24:00:00Z"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23T01:02:03"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23T01:02:03.Z"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23T01:02:03+0930"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"2026-11-23 01:02:03Z"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"0001-01-01T00:00:00+01:00"}""", FaultCodes.TsInvalid)]
    [InlineData("""{"ts":"9999-12-31T23:59:60Z"}""", FaultCodes.TsInvalid)]
    public void TryParse_WhenARuleIsBroken_SaysWhich(string json, string code)
    {
        Assert.False(Parse(json, out var packet, out var fault));
        Assert.Null(packet);
        Assert.Equal(code, fault!.Code);
        AssertSound(fault);
    }

    [Fact]
    public void TryParse_WhenPayloadIsNotUtf8_SaysSo()
    {
        Assert.False(PacketParser.TryParse("{\"seq\":1,\"metrics\":{\"\xff\":1}}"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray(), out _, out var fault));
        Assert.Equal(FaultCodes.EncodingInvalid, fault!.Code);
    }

    [Fact]
    public void TryParse_AtTheSizeLimit_TakesAndRefusesAByteMore()
    {
        var packet = """{"seq":1,"metrics":{"a":1}}""";
        var full = Encoding.UTF8.GetBytes(packet.PadRight(PacketParser.MaxPayloadBytes));

        Assert.True(PacketParser.TryParse(full, out _, out _));
        Assert.False(PacketParser.TryParse([.. full, (byte)' '], out _, out var fault));
        Assert.Equal(FaultCodes.PayloadTooLarge, fault!.Code);
    }

    [Fact]
    public void TryParse_AtTheMetricsLimit_TakesAndRefusesOneMore()
    {
        static string Json(int count) =>
            $$$"""{"seq":1,"metrics":{{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{i}"))}}}}}""";

        Assert.True(Parse(Json(64), out var packet, out var fault), fault?.Reason);
        Assert.Equal(64, packet!.Metrics.Count);
        Assert.False(Parse(Json(65), out _, out fault));
        Assert.Equal(FaultCodes.MetricsTooMany, fault!.Code);
    }

    [Fact]
    public void TryParse_AtTheNameLimit_TakesAndRefusesOneMore()
    {
        Assert.True(Parse($$$"""{"seq":1,"metrics":{"{{{new string('a', 64)}}}":1}}""", out _, out _));
        Assert.False(Parse($$$"""{"seq":1,"metrics":{"{{{new string('a', 65)}}}":1}}""", out _, out var fault));
        Assert.Equal(FaultCodes.MetricNameInvalid, fault!.Code);
        AssertSound(fault);
    }

    [Fact]
    public void TryParse_WhenUnknownNameIsHuge_KeepsTheReasonShort()
    {
        Assert.False(Parse($$"""{"{{new string('\u0001', 3000).Replace("\u0001", "\\u0001", StringComparison.Ordinal)[..15000]}}":1}""", out _, out var fault));
        AssertSound(fault!);
    }

    [Fact]
    public void Hash_IsTheFirst8BytesOfSha256() =>
        Assert.Equal(0xBA7816BF8F01CFEAul, PacketParser.Hash("abc"u8)); // FIPS 180-2, appendix B.1

    private static void AssertSound(PacketFault fault)
    {
        Assert.Matches("^[a-z-]{1,40}$", fault.Code);
        Assert.InRange(fault.Reason.Length, 1, 300);
        Assert.DoesNotContain(fault.Reason, char.IsControl);
    }

    private static bool Parse(string json, out Packet? packet, out PacketFault? fault) =>
        PacketParser.TryParse(Encoding.UTF8.GetBytes(json), out packet, out fault);
}
