using OutbackUptime.Bench.Storm;

namespace OutbackUptime.Bench.Tests.Storm;

public sealed class StormLedgerTests
{
    private static readonly Dictionary<string, (long Count, ulong Xor)> s_sent = new() { ["a"] = (10, 7), ["b"] = (5, 9) };

    [Fact]
    public void Compare_WhenAllIsThere_IsRight() => Assert.True(StormLedger.Compare("syd", s_sent, ["a\t10\t10\t7", "b\t5\t5\t9"], 15).IsRight);

    [Fact]
    public void Compare_WhenAPacketIsMissing_SaysSo() =>
        Assert.Equal((1, 0, false), Of(StormLedger.Compare("syd", s_sent, ["a\t9\t9\t3", "b\t5\t5\t9"], 14)));

    [Fact]
    public void Compare_WhenAStationIsMissing_AllOfItsPacketsAre() =>
        Assert.Equal((5, 0, false), Of(StormLedger.Compare("syd", s_sent, ["a\t10\t10\t7"], 10)));

    [Fact]
    public void Compare_WhenAPacketReadsTwice_SaysSo() =>
        Assert.Equal((0, 1, false), Of(StormLedger.Compare("syd", s_sent, ["a\t11\t10\t7", "b\t5\t5\t9"], 16)));

    [Fact]
    public void Compare_WhenAPayloadDiffers_NamesTheStationsNumber()
    {
        var store = StormLedger.Compare("syd", s_sent, ["a\t10\t10\t8", "b\t5\t5\t9"], 15);

        Assert.Equal(1, store.AlteredStations);
        Assert.False(store.IsRight);
    }

    [Fact]
    public void Compare_WhenRowsWereWrittenAgain_ThatIsNoFault()
    {
        var store = StormLedger.Compare("syd", s_sent, ["a\t10\t10\t7", "b\t5\t5\t9"], 22);

        Assert.Equal(7, store.RowsWrittenAgain);
        Assert.True(store.IsRight);
    }

    private static (long Missing, long Doubled, bool Right) Of(StormStore s) => (s.Missing, s.Doubled, s.IsRight);
}
