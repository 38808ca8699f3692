using System.Text;
using CsCheck;
using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Domain.Tests.Losses;

public sealed class LossRecordJsonTests
{
    private static readonly LossRecord s_record = new(LossCause.Evicted, 1, 900, 31, "bore-01", 7, 3, 40, ["mel"], "why \"so\"");

    [Fact]
    public void Write_Read_GivesTheSame()
    {
        var records =
            from cause in Gen.Enum<LossCause>()
            from first in Gen.Long[0, long.MaxValue / 2]
            from more in Gen.Long[0, long.MaxValue / 2]
            from packets in Gen.Long[1, long.MaxValue]
            from hub in Gen.OneOfConst("", "bore-01", "a")
            from boot in Gen.Long[0, long.MaxValue]
            from seq in Gen.Long[0, (1L << 52) - 1]
            from seqs in Gen.Long[0, 1L << 52]
            from missing in Gen.OneOfConst("syd", "mel").Array[0, 3]
            from detail in Gen.String[0, LossRecordJson.MaxDetail].Where(d => !d.Any(char.IsSurrogate))
            select new LossRecord(cause, first, first + more, packets, hub, boot, seq, seq + seqs, missing, detail);

        records.Sample(r =>
        {
            Assert.True(LossRecordJson.TryRead(LossRecordJson.Write(r), out var read));
            Assert.Equal(r with { MissingIn = [] }, read with { MissingIn = [] });
            Assert.Equal(r.MissingIn, read.MissingIn);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"cause":"evicted"}""")]
    [InlineData("""{"cause":"evicted","firstOffset":1,"lastOffset":2,"packets":1,"missingIn":"mel"}""")]
    [InlineData("""{"cause":"evicted","firstOffset":"1","lastOffset":2,"packets":1,"missingIn":[]}""")]
    [InlineData("""{"cause":"evicted","firstOffset":1,"lastOffset":2,"packets":1,"missingIn":[]} x""")]
    [InlineData("""{"cause":"evicted","firstOffset":1e99,"lastOffset":2,"packets":1,"missingIn":[]}""")]
    public void TryRead_OfWhatIsNoRecord_IsFalse(string json) => Assert.False(LossRecordJson.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void TryRead_OfWhatCantBeTrue_IsFalse()
    {
        LossRecord[] wrong =
        [
            s_record with { LastOffset = 0 }, s_record with { Packets = 0 }, s_record with { Hub = "Bore 1" }, s_record with { Boot = -1 },
            s_record with { LastSeq = 2 }, s_record with { LastSeq = 1L << 53 }, s_record with { MissingIn = ["Mel"] }, s_record with { FirstOffset = -1 },
        ];

        Assert.True(LossRecordJson.TryRead(LossRecordJson.Write(s_record), out _));
        Assert.All(wrong, r => Assert.False(LossRecordJson.TryRead(LossRecordJson.Write(r), out _), r.ToString()));
    }

    [Fact]
    public void TryRead_PassesOverWhatItDoesntKnow()
    {
        var json = Encoding.UTF8.GetString(LossRecordJson.Write(s_record));

        Assert.True(LossRecordJson.TryRead(Encoding.UTF8.GetBytes(json.Insert(1, "\"later\":{\"a\":[1]},")), out var read));
        Assert.Equal(s_record.Packets, read.Packets);
    }

    [Fact]
    public void TryRead_OfAnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes => { _ = LossRecordJson.TryRead(bytes, out _); _ = ThinnedRowJson.TryRead(bytes, out _); });

    [Fact]
    public void TryRead_OfADamagedRecord_NeverThrows()
    {
        var json = LossRecordJson.Write(s_record);
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var damaged = json.ToArray();
            damaged[at] = value;
            _ = LossRecordJson.TryRead(damaged, out _);
        });
    }
}
