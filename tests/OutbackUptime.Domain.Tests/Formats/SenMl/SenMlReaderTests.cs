using System.Text;
using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Formats.SenMl;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Formats.SenMl;

public sealed class SenMlReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    [Fact]
    public void Read_OfRfc8428Section5_1_2_GivesTwoMetricsOfOneTime()
    {
        // RFC 8428 section 5.1.2, shortened to the times that it has.
        var reading = Read("""
            [ {"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09, "bu":"A","bver":5, "n":"voltage","u":"V","v":120.1},
              {"n":"current","t":-5,"v":1.2}, {"n":"current","t":-4,"v":1.3}, {"n":"current","v":1.7} ]
            """);

        Assert.Null(reading.Fault);
        Assert.True(reading.MayRepeat);
        var last = DateTimeOffset.UnixEpoch.AddMilliseconds(1_276_020_076_001);
        Assert.Equal([last, last.AddSeconds(-5), last.AddSeconds(-4)], reading.Packets.Select(p => p.HubTime));
        Assert.Equal([new("urn_dev_ow_10e2073a0108006_voltage_v", 120.1), new("urn_dev_ow_10e2073a0108006_current_a", 1.7)], reading.Packets[0].Metrics);
    }

    [Fact]
    public void Read_OfRelativeTimes_CountsFromTheReceipt()
    {
        var reading = Read("""[{"n":"a","v":1},{"n":"a","t":-90.5,"v":2},{"n":"a","t":10,"v":3}]""");

        Assert.False(reading.MayRepeat);
        Assert.Equal([null, Now.AddSeconds(-90.5), Now.AddSeconds(10)], reading.Packets.Select(p => p.HubTime));
    }

    [Fact]
    public void Read_OfBaseValueSumAndBoolean_ResolvesThem()
    {
        var reading = Read("""[{"bn":"x/","bv":100,"bs":10,"bu":"W","n":"p","v":1.5},{"n":"e","s":5},{"n":"on","vb":true}]""");

        Assert.Equal([new("x_p_w", 101.5), new("x_p_sum_w", 10), new("x_e_sum_w", 15), new("x_on", 1), new("x_on_sum_w", 10)], reading.Packets.Single().Metrics);
    }

    [Theory]
    [InlineData("bore-01:")]
    [InlineData("bore-01/")]
    [InlineData("urn:dev:os:32473-bore-01:")]
    public void Read_WhenTheBaseNameIsTheHub_LeavesItAway(string baseName) =>
        Assert.Equal([new("temp_c", 21.5)], Read($$"""[{"bn":"{{baseName}}","n":"temp","u":"Cel","v":21.5}]""").Packets.Single().Metrics);

    [Fact]
    public void Read_OfText_TakesTheNumbersAndSaysWhatIsLeftOut()
    {
        var reading = Read("""[{"n":"a","v":1},{"n":"fw","vs":"1.2"},{"n":"b","vd":"AAE"},{"n":"c","v":2,"colour":"red"}]""");

        Assert.Equal([new("a", 1), new("c", 2)], reading.Packets.Single().Metrics);
        Assert.Equal(FaultCodes.LeftOut, reading.LeftOut!.Code);
        Assert.Contains("'colour' is no label", reading.LeftOut.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfOneNameTwiceAtOneTime_KeepsBoth() =>
        Assert.Equal([1, 2], Read("""[{"n":"a","v":1},{"n":"a","v":2}]""").Packets.Select(p => p.Metrics.Single().Value));

    [Theory]
    [InlineData("", FaultCodes.PayloadEmpty)]
    [InlineData("{}", FaultCodes.SenMlNotAPack)]
    [InlineData("[1]", FaultCodes.SenMlNotAPack)]
    [InlineData("[]", FaultCodes.PackEmpty)]
    [InlineData("[{\"bn\":\"a\"}]", FaultCodes.PackEmpty)]
    [InlineData("[{\"v\":1}]", FaultCodes.SenMlNameInvalid)]
    [InlineData("[{\"n\":\"a b\",\"v\":1}]", FaultCodes.SenMlNameInvalid)]
    [InlineData("[{\"n\":\"-a\",\"v\":1}]", FaultCodes.SenMlNameInvalid)]
    [InlineData("[{\"n\":\"a\",\"v\":\"1\"}]", FaultCodes.SenMlLabelInvalid)]
    [InlineData("[{\"n\":\"a\",\"v\":1e999}]", FaultCodes.SenMlLabelInvalid)]
    [InlineData("[{\"bver\":11,\"n\":\"a\",\"v\":1}]", FaultCodes.SenMlLabelInvalid)]
    [InlineData("[{\"n\":\"a\",\"v\":1,\"new_\":1}]", FaultCodes.SenMlLabelInvalid)]
    [InlineData("[{\"n\":\"a\",\"n\":\"b\",\"v\":1}]", FaultCodes.DuplicateKey)]
    [InlineData("[{\"n\":\"a\",\"v\":1,\"t\":1e300}]", FaultCodes.SenMlTimeInvalid)]
    [InlineData("[{\"n\":\"a\",\"v\":1,\"t\":-1e11}]", FaultCodes.SenMlTimeInvalid)]
    [InlineData("[{\"n\":\"a\",\"bv\":1e308,\"v\":1e308}]", FaultCodes.MetricNotFinite)]
    [InlineData("[{\"n\":\"a\",\"v\":1}", FaultCodes.JsonInvalid)]
    [InlineData("[{\"n\":\"a\",\"v\":1}] x", FaultCodes.JsonInvalid)]
    [InlineData("[{\"n\":\"fw\",\"vs\":\"1\"}]", FaultCodes.LeftOut)]
    public void Read_OfWhatIsNoPack_SaysWhy(string payload, string code)
    {
        var reading = Read(payload);

        Assert.Equal(code, reading.Fault?.Code);
        Assert.Empty(reading.Packets);
    }

    [Fact]
    public void Read_OfTooManyTimes_IsRefusedWhole()
    {
        var records = Enumerable.Range(0, 121).Select(i => $"{{\"n\":\"a\",\"t\":{-i},\"v\":1}}");

        Assert.Equal(FaultCodes.PackTooManyPackets, Read($"[{string.Join(',', records)}]").Fault?.Code);
    }

    private static SourceReading Read(string payload) => SenMlReader.Read("bore-01", Encoding.UTF8.GetBytes(payload), Now);
}
