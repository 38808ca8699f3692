using OutbackUptime.Domain.Alerts;
using static OutbackUptime.Domain.Alerts.AlertTransitionKind;

namespace OutbackUptime.Domain.Tests.Alerts;

public sealed class AlertBookTests
{
    [Fact]
    public void Evaluate_WhenAllIsWell_SaysNothing()
    {
        // Half a percent an hour is what this mob drinks at night.
        var water = new TestWater().Run(5, -0.5);

        Assert.Empty(water.Seen);
    }

    [Fact]
    public void Evaluate_WhenTheTankIsLow_OpensOnceAndClearsOnce()
    {
        var water = new TestWater { Level = 60 }.Run(3);
        water.Level = 27;
        water.Run(2);
        water.Level = 90;
        water.Run(2);

        Assert.Equal([Opened, Cleared], water.KindsOf(AlertRules.LowLevel));
    }

    [Fact]
    public void Evaluate_WhenTheLevelSwingsAroundTheMark_DoesNotFlap()
    {
        var water = new TestWater { Level = 29.5 };
        for (var i = 0; i < 40; i++)
        {
            water.Level = i % 2 == 0 ? 27 : 29.5;
            water.Run(0.5);
        }

        Assert.Single(water.Of(AlertRules.LowLevel), c => c.Kind == Opened);
        Assert.DoesNotContain(Cleared, water.KindsOf(AlertRules.LowLevel));
    }

    [Fact]
    public void Evaluate_WhenOneReadingIsWild_SaysNothing()
    {
        var water = new TestWater().Run(2);
        water.Level = 0;
        water.Run(1 / 12.0);
        water.Level = 80;
        water.Run(2);

        Assert.Empty(water.Seen);
    }

    [Fact]
    public void Evaluate_WhenTheTankFallsManyTimesFaster_SaysLeakWithItsNumbers()
    {
        var water = new TestWater().Run(4.5, -4);

        var alert = Assert.Single(water.Of(AlertRules.FallRate)).Alert;
        Assert.InRange(alert.Facts["fall_lph"], 1_950, 2_050);
        Assert.InRange(alert.Facts["times_normal"], 5, 15);
        Assert.StartsWith("Ten Mile falling ", alert.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_WhenThePumpRunsAndNothingRises_SaysSoWithinFiveHoursOfSun()
    {
        var water = new TestWater { Level = 70 }.Run(8);
        water.Amps = 4;
        water.Run(5, -0.5);

        Assert.Equal(Opened, water.KindsOf(AlertRules.PumpNoRise).First());
    }

    [Fact]
    public void Evaluate_WhenThePumpLifts_SaysNothingOfIt()
    {
        var water = new TestWater { Level = 40 }.Run(8);
        water.Amps = 4;
        water.Run(6, 5);

        Assert.Empty(water.Of(AlertRules.PumpNoRise));
    }

    [Fact]
    public void Evaluate_WhenTheTroughGetsNothingAllMorning_SaysBlockedLine()
    {
        var water = new TestWater().Run(8, -0.5);
        water.Flow = 0;
        water.Run(6);

        Assert.Equal(Opened, water.KindsOf(AlertRules.TroughDry).First());
    }

    [Fact]
    public void Evaluate_WhenTheNightsFlowNeverRests_SaysSoAtSix()
    {
        var water = new TestWater();
        for (var i = 0; i < 7 * 12; i++)
        {
            water.Run(1 / 12.0);
            water.Book.OnPacket("ten-mile", water.Now - TimeSpan.FromMinutes(5), TestWater.Metrics(80, 6, 0, 12.8));
        }

        // Every third slot of the test's water rests: no leak.
        Assert.Empty(water.Of(AlertRules.NightFlow));

        var leaking = new TestWater();
        for (var i = 0; i < 7 * 12; i++)
        {
            leaking.Run(1 / 12.0, send: false);
            leaking.Book.OnPacket("ten-mile", leaking.Now, TestWater.Metrics(80, 2.5, 0, 12.8));
        }

        var opened = Assert.Single(leaking.Of(AlertRules.NightFlow));
        Assert.Equal(6, TimeZoneInfo.ConvertTime(opened.Alert.ChangedAt, TestWater.Station.TimeZone).Hour);
    }

    [Fact]
    public void Evaluate_WhenTheBatteryFallsTooFastAtNight_WarnsBeforeItIsEmpty()
    {
        var water = new TestWater { Volts = 12.3 };
        for (var i = 0; i < 4 * 12 && water.Seen.Count == 0; i++)
        {
            water.Volts -= 0.16 / 12;
            water.Run(1 / 12.0);
        }

        Assert.Equal([Opened], water.KindsOf(AlertRules.BatteryNight));
        Assert.True(water.Volts > 11.7, $"told at {water.Volts} V");
    }

    [Fact]
    public void Acknowledge_StopsEscalation_UntilItGetsWorse()
    {
        var water = new TestWater { Level = 60 }.Run(3);
        water.Level = 27;
        water.Run(2);
        var id = water.Of(AlertRules.LowLevel).Single().Alert.Id;

        var acknowledged = water.Book.Acknowledge(id, "jo", water.Now);
        water.Run(20);
        var quiet = water.KindsOf(AlertRules.LowLevel).ToList();
        water.Level = 3;
        water.Run(1);

        Assert.Equal(AlertState.Acknowledged, acknowledged!.Alert.State);
        Assert.False(acknowledged.Notify);
        Assert.Equal([Opened], quiet);
        var worse = water.Of(AlertRules.LowLevel).Last();
        Assert.Equal((Escalated, AlertState.Open, AlertSeverity.Critical, 2), (worse.Kind, worse.Alert.State, worse.Alert.Severity, worse.Alert.Level));
    }

    [Fact]
    public void Acknowledge_OfWhatIsNotOn_IsNull() => Assert.Null(new TestWater().Book.Acknowledge("nothing", "jo", default));

    [Fact]
    public void Evaluate_WhenNobodyAnswers_TellsMorePeopleByLevels()
    {
        var water = new TestWater { Level = 60 }.Run(3);
        water.Level = 3;
        water.Run(5);

        Assert.Equal([1, 2, 3], water.Of(AlertRules.LowLevel).Select(c => c.Alert.Level));
    }
}
