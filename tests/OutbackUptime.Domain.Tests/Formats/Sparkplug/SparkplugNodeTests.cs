using Google.Protobuf;
using OutbackUptime.Domain.Formats.Sparkplug;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Tests.Formats.Sparkplug.Tahu;
using Metric = OutbackUptime.Domain.Tests.Formats.Sparkplug.Tahu.Payload.Types.Metric;

namespace OutbackUptime.Domain.Tests.Formats.Sparkplug;

public sealed class SparkplugNodeTests
{
    private const ulong Now = 1_795_482_123_000;
    private readonly SparkplugNode _node = new();

    [Fact]
    public void Read_OfADeath_CountsOnlyForTheSessionItNames()
    {
        Birth(bdSeq: 4);

        var stale = _node.Read(SparkplugMessage.NodeDeath, "", Death(3));
        var own = _node.Read(SparkplugMessage.NodeDeath, "", Death(4));
        var again = _node.Read(SparkplugMessage.NodeDeath, "", Death(4));

        Assert.Equal(FaultCodes.SparkplugStaleDeath, stale.Fault?.Code);
        Assert.Contains(new OutbackUptime.Domain.Packets.Metric("node_online", 0), own.Packets.Single().Metrics);
        Assert.Equal(FaultCodes.SparkplugStaleDeath, again.Fault?.Code);
    }

    [Fact]
    public void Read_OfDataWithoutABirth_KeepsWhatHasNames_AndAsksForTheBirth()
    {
        var named = _node.Read(SparkplugMessage.NodeData, "", Data(5, new Metric { Name = "level", DoubleValue = 1 }, new Metric { Alias = 9, DoubleValue = 2 }));
        var unnamed = _node.Read(SparkplugMessage.NodeData, "", Data(6, new Metric { Alias = 9, DoubleValue = 2 }));

        Assert.Equal([new("level", 1)], named.Packets.Single().Metrics);
        Assert.Contains("alias 9", named.LeftOut!.Reason, StringComparison.Ordinal);
        Assert.Equal(FaultCodes.SparkplugUnborn, unnamed.Fault?.Code);
        Assert.NotNull(named.RebirthReason);
        Assert.NotNull(unnamed.RebirthReason);
    }

    [Fact]
    public void Read_OfABirthThatComesAgain_LeavesTheSessionAsItIs()
    {
        var birth = Birth(bdSeq: 4);
        _node.Read(SparkplugMessage.NodeData, "", Data(1, new Metric { Name = "level", DoubleValue = 1 }));

        _node.Read(SparkplugMessage.NodeBirth, "", birth);

        Assert.Null(_node.Read(SparkplugMessage.NodeData, "", Data(2, new Metric { Name = "level", DoubleValue = 1 })).RebirthReason);
    }

    [Fact]
    public void Read_OfAGap_AdvancesByIt_AlsoAcrossTheLap()
    {
        Birth(bdSeq: 4);
        for (var seq = 1UL; seq <= 254; seq++)
        {
            Assert.Equal(1, _node.Read(SparkplugMessage.NodeData, "", Data(seq, new Metric { Name = "level", DoubleValue = seq })).Advance);
        }

        var reading = _node.Read(SparkplugMessage.NodeData, "", Data(1, new Metric { Name = "level", DoubleValue = 1 }));

        Assert.Equal(3, reading.Advance);
        Assert.Equal("2 messages before seq 1 are missing", reading.RebirthReason);
    }

    [Fact]
    public void Read_OfHistory_GivesEachTimeItsPacket()
    {
        Birth(bdSeq: 4);

        var reading = _node.Read(SparkplugMessage.NodeData, "", Data(
            1,
            new Metric { Name = "level", DoubleValue = 1, Timestamp = Now - 60_000, IsHistorical = true },
            new Metric { Name = "level", DoubleValue = 2, Timestamp = Now - 30_000, IsHistorical = true },
            new Metric { Name = "flow", DoubleValue = 3, Timestamp = Now - 30_000, IsHistorical = true },
            new Metric { Name = "level", DoubleValue = 4 }));

        Assert.Equal([1, 2, 1], reading.Packets.Select(p => p.Metrics.Count));
        Assert.Equal([-60, -30, 0], reading.Packets.Select(p => (p.HubTime!.Value - DateTimeOffset.UnixEpoch.AddMilliseconds(Now)).TotalSeconds));
    }

    [Fact]
    public void Read_OfValuesThatNoPacketHolds_NamesThem()
    {
        Birth(bdSeq: 4);

        var reading = _node.Read(SparkplugMessage.NodeData, "", Data(
            1,
            new Metric { Name = "ok", DoubleValue = 1 },
            new Metric { Name = "text", StringValue = "1.2" },
            new Metric { Name = "null", IsNull = true },
            new Metric { Name = "nan", DoubleValue = double.NaN },
            new Metric { Name = "large", LongValue = (1UL << 53) + 1 }));

        Assert.Equal([new("ok", 1)], reading.Packets.Single().Metrics.Take(1));
        Assert.All((string[])["'text' is text", "'null' is null", "'nan' is not finite", "'large' is beyond 2^53"], part => Assert.Contains(part, reading.LeftOut!.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OfTheRebirthCommand_IsWhatTahusSchemaReads()
    {
        var payload = Payload.Parser.ParseFrom(SparkplugRebirth.Write(DateTimeOffset.FromUnixTimeMilliseconds((long)Now)));

        var metric = Assert.Single(payload.Metrics);
        Assert.Equal(("Node Control/Rebirth", 11U, true, Now, Now), (metric.Name, metric.Datatype, metric.BooleanValue, metric.Timestamp, payload.Timestamp));
    }

    private byte[] Birth(ulong bdSeq)
    {
        var payload = new Payload { Timestamp = Now, Seq = 0 };
        payload.Metrics.Add(new Metric { Name = "bdSeq", Datatype = 8, LongValue = bdSeq });
        var bytes = payload.ToByteArray();
        Assert.True(_node.Read(SparkplugMessage.NodeBirth, "", bytes).StartsBoot);
        return bytes;
    }

    private static byte[] Death(ulong bdSeq)
    {
        var payload = new Payload { Timestamp = Now };
        payload.Metrics.Add(new Metric { Name = "bdSeq", Datatype = 8, LongValue = bdSeq });
        return payload.ToByteArray();
    }

    private static byte[] Data(ulong seq, params Metric[] metrics)
    {
        var payload = new Payload { Timestamp = Now, Seq = seq };
        payload.Metrics.Add(metrics);
        return payload.ToByteArray();
    }
}
