using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Demo.Tests.Hubs;

public sealed class WaterFaultsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_OfAList_KnowsWhoHasWhat()
    {
        var faults = WaterFaults.Parse("ten-mile/bore-01=leak, red-gum/bore-02=dry-tank");

        Assert.Equal((WaterFault.Leak, WaterFault.DryTank), (faults["ten-mile/bore-01"], faults["red-gum/bore-02"]));
        Assert.Empty(WaterFaults.Parse(null));
    }

    [Theory]
    [InlineData("ten-mile/bore-01")]
    [InlineData("bore-01=leak")]
    [InlineData("ten-mile/bore-01=flood")]
    public void Parse_OfNonsense_SaysWhatWasExpected(string list) =>
        Assert.Contains("expected station/hub=fault", Assert.Throws<DemoException>(() => WaterFaults.Parse(list)).Message, StringComparison.Ordinal);

    [Fact]
    public void Measure_WithAFault_ShowsIt()
    {
        Assert.All(Week(WaterFault.None).Skip(24), m => Assert.True(m["tank_level_pct"] > 25, $"a sound water fell to {m["tank_level_pct"]} %"));
        Assert.All(Week(WaterFault.DryTank), m => Assert.True(m["tank_level_pct"] < 3));
        Assert.All(Week(WaterFault.BlockedLine), m => Assert.Equal(0, m["trough_flow_lpm"]));
        Assert.All(Week(WaterFault.PumpStill), m => Assert.Equal(0, m["pump_current_a"]));
        Assert.All(Week(WaterFault.StuckFloat), m => Assert.True(m["trough_flow_lpm"] >= 20));
        Assert.Equal(0, Week(WaterFault.BoreDry)[^1]["tank_level_pct"]);
        Assert.Contains(Week(WaterFault.BoreDry), m => m["pump_current_a"] > 1);
        Assert.Contains(Week(WaterFault.None), m => m["trough_flow_lpm"] == 0);
    }

    private static List<SortedDictionary<string, double>> Week(WaterFault fault)
    {
        var water = new WaterPoint(new Random(7), WaterFit.Of("napperby", "bore-01"), fault);
        return [.. Enumerable.Range(0, 7 * 144).Select(i => water.Measure(Start.AddMinutes(10 * i)))];
    }
}
