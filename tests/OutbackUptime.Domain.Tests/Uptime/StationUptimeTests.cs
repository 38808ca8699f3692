using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Tests.Uptime;

public sealed class StationUptimeTests
{
    private const int Hour = 3_600;

    [Fact]
    public void Judge_WhenAllIsWell_SaysUp()
    {
        var scene = new Scene().Hub("a").Hub("slow", 300).Packets("a", 3, Hour).Packets("slow", 7, Hour, every: 300).Heartbeats(0, Hour).Beats(0, Hour);
        var stands = scene.Live(scene.NewJudge(), Hour);
        Assert.All(Enumerable.Range(1, 50).SelectMany(m => new[] { ("a", m), ("slow", m) }), key => Assert.Equal((Verdict.Up, false), stands[key]));
    }

    [Fact]
    public void Current_WhenAHubFallsSilent_NamesItWithinThreeIntervals()
    {
        var scene = new Scene().Hub("a").Hub("b").Packets("a", 3, 1_804).Packets("b", 8, Hour).Heartbeats(0, Hour).Beats(0, Hour);
        var judge = scene.NewJudge();
        scene.Live(judge, 1_803 + 60);
        Assert.Equal(Verdict.Up, judge.Current("a", Scene.At(1_803 + 60)).Verdict);
        scene.Live(judge, 1_803 + 90, from: 1_803 + 60);
        var current = judge.Current("a", Scene.At(1_803 + 90));
        Assert.Equal((Verdict.HubDown, Scene.At(1_803)), (current.Verdict, current.LastHeard));
        Assert.Equal(30, current.Cadence.TotalSeconds, 5d);
        Assert.InRange(current.Since!.Value, Scene.At(1_800), Scene.At(1_840));
        Assert.Equal(Verdict.Up, judge.Current("b", Scene.At(1_893)).Verdict);
    }

    [Fact]
    public void Current_WhenTheLastWillComes_SaysHubDownAtOnce_AndUpWithTheNextPacket()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, 1_804).Gone("a", 1_812).Packets("a", 1_833, Hour).Heartbeats(0, Hour).Beats(0, Hour);
        var judge = scene.NewJudge();
        scene.Live(judge, 1_830);
        Assert.Equal(Verdict.HubDown, judge.Current("a", Scene.At(1_830)).Verdict);
        var stands = scene.Live(judge, 2_100, from: 1_830);
        Assert.Equal(Verdict.Up, judge.Current("a", Scene.At(2_100)).Verdict);
        Assert.Equal(Verdict.Up, stands[("a", 30)].Verdict);
    }

    [Fact]
    public void Judge_WhenTheBacklogComes_SaysThatTheHubWasFineAndTheLinkDead()
    {
        var scene = new Scene().Hub("a")
            .Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, 4 * Hour)
            .Packets("a", Hour + 3, 2 * Hour, committed: 2 * Hour).Heartbeats(Hour, 2 * Hour, linkUp: false, committed: 2 * Hour)
            .Packets("a", (2 * Hour) + 3, 3 * Hour).Heartbeats(2 * Hour, 3 * Hour);
        var judge = scene.NewJudge();
        var during = scene.Live(judge, (2 * Hour) - 5);
        Assert.Equal((Verdict.LinkDown, false), during[("a", 90)]);
        var after = scene.Live(judge, 3 * Hour, from: (2 * Hour) - 5);
        Assert.Equal((Verdict.LinkDown, true), after[("a", 90)]);
        Assert.Equal(Verdict.Up, judge.Current("a", Scene.At(3 * Hour)).Verdict);
    }

    [Fact]
    public void Judge_WhenAHubDiedDuringALinkOutage_SaysHubDownFromThen()
    {
        var scene = new Scene().Hub("a").Hub("b")
            .Packets("a", 3, Hour).Packets("b", 9, Hour).Heartbeats(0, Hour).Beats(0, 4 * Hour)
            .Packets("a", Hour + 3, Hour + 1_800, committed: 2 * Hour).Packets("b", Hour + 9, 2 * Hour, committed: 2 * Hour)
            .Heartbeats(Hour, 2 * Hour, linkUp: false, committed: 2 * Hour)
            .Packets("b", (2 * Hour) + 9, 3 * Hour).Heartbeats(2 * Hour, 3 * Hour);
        var stands = scene.Live(scene.NewJudge(), 3 * Hour);
        Assert.Equal((Verdict.LinkDown, true), stands[("a", 80)]);
        Assert.Equal((Verdict.HubDown, false), stands[("a", 100)]);
        Assert.Equal((Verdict.HubDown, false), stands[("a", 150)]);
        Assert.Equal((Verdict.LinkDown, true), stands[("b", 100)]);
    }

    [Fact]
    public void Judge_WhenTheGatewayHadBeenOff_SaysSo()
    {
        var scene = new Scene().Hub("a")
            .Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, 4 * Hour)
            .Packets("a", 2 * Hour, 3 * Hour).Heartbeats(2 * Hour, 3 * Hour, boot: (2 * Hour) - 5);
        var judge = scene.NewJudge();
        Assert.Equal(Verdict.LinkDown, scene.Live(judge, (2 * Hour) - 5)[("a", 90)].Verdict);
        Assert.Equal((Verdict.GatewayDown, false), scene.Live(judge, 3 * Hour, from: (2 * Hour) - 5)[("a", 90)]);
    }

    [Fact]
    public void Judge_WhenTheBatteryFellBeforeTheSilence_PresumesTheGateway()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, Hour).Heartbeats(0, Hour - 600, battery: 12.6).Heartbeats(Hour - 600, Hour, battery: 11.7).Beats(0, 4 * Hour);
        var judge = scene.NewJudge();
        Assert.Equal(Verdict.GatewayDown, scene.Live(judge, 2 * Hour)[("a", 90)].Verdict);
        Assert.Equal(Verdict.GatewayDown, judge.Current("a", Scene.At(2 * Hour)).Verdict);
    }

    [Fact]
    public void Judge_WhenNoRegionBeats_SaysRegionDown_NowAndAfterwards()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, Hour).Beats(Hour + 1_800, 2 * Hour, "mel")
            .Packets("a", Hour + 3, Hour + 1_800, committed: Hour + 1_803).Heartbeats(Hour, Hour + 1_800, linkUp: false, committed: Hour + 1_803)
            .Packets("a", Hour + 1_803, 2 * Hour).Heartbeats(Hour + 1_800, 2 * Hour);
        var judge = scene.NewJudge();
        Assert.Equal((Verdict.RegionDown, false), scene.Live(judge, Hour + 1_500)[("a", 70)]);
        Assert.Equal((Verdict.RegionDown, true), scene.Live(judge, 2 * Hour, from: Hour + 1_500)[("a", 70)]);
    }

    [Fact]
    public void Judge_WhenTheLinkWasUpAndNothingWasCommitted_SaysOurs()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, 2 * Hour)
            .Packets("a", Hour + 3, Hour + 1_200, committed: Hour + 1_203).Heartbeats(Hour, Hour + 1_200, committed: Hour + 1_203)
            .Packets("a", Hour + 1_203, 2 * Hour).Heartbeats(Hour + 1_200, 2 * Hour);
        Assert.Equal((Verdict.Ours, true), scene.Live(scene.NewJudge(), 2 * Hour)[("a", 70)]);
    }

    [Fact]
    public void Judge_WhenOnlyOneHubsPacketsWereLate_SaysOursForThatHub()
    {
        var scene = new Scene().Hub("a").Hub("b").Heartbeats(0, Hour).Beats(0, Hour).Packets("b", 8, Hour)
            .Packets("a", 3, 1_200).Packets("a", 1_203, 1_800, committed: 1_900).Packets("a", 1_803, Hour);
        var stands = scene.Live(scene.NewJudge(), Hour);
        Assert.Equal((Verdict.Ours, true), stands[("a", 25)]);
        Assert.Equal((Verdict.Up, false), stands[("b", 25)]);
    }

    [Fact]
    public void Judge_WhenAHubSleepsAtNight_LearnsThatAndTakesBackWhatItSaid()
    {
        var scene = new Scene().Hub("a").Hub("b").Packets("a", 3, Hour).Packets("a", Hour + 600, 4 * Hour, every: 600).Packets("b", 9, 4 * Hour)
            .Heartbeats(0, 4 * Hour).Beats(0, 4 * Hour);
        var judge = scene.NewJudge();
        Assert.Equal(Verdict.HubDown, scene.Live(judge, Hour + 300)[("a", 62)].Verdict);
        var stands = scene.Live(judge, 4 * Hour, from: Hour + 300);
        Assert.Equal(Verdict.Up, stands[("a", 62)].Verdict);
        Assert.All(Enumerable.Range(100, 120), minute => Assert.Equal(Verdict.Up, stands[("a", minute)].Verdict));
        Assert.Equal(600, judge.Current("a", Scene.At(4 * Hour)).Cadence.TotalSeconds, 60d);
    }

    [Fact]
    public void Judge_OfHubsNeverHeard_SaysUnknown_AndNothingOfThoseThatAreNotRegistered()
    {
        var scene = new Scene().Hub("a").Hub("never").Packets("a", 3, 600).Packets("stranger", 5, 600).Heartbeats(0, 600).Beats(0, 600);
        var judge = scene.NewJudge();
        var stands = scene.Live(judge, 600);
        Assert.Equal((Verdict.Unknown, false), stands[("never", 3)]);
        Assert.DoesNotContain(stands.Keys, key => key.Hub == "stranger");
        judge.SetHubs([], Scene.At(600));
        Assert.Equal(new HubUptime("a", Verdict.Unknown, null, null, TimeSpan.Zero), judge.Current("a", Scene.At(600)));
        Assert.Empty(judge.Judge(Scene.At(700)));
    }

    [Fact]
    public void Judge_WhenNew_TellsNothingBeforeItHasRead()
    {
        var scene = new Scene().Hub("a");
        var judge = new StationUptime(scene.Options, Scene.At(Hour));
        judge.SetHubs(scene.Hubs, Scene.At(Hour));
        judge.Recover([new MinuteVerdict("a", Scene.At(Hour - 600), Verdict.Up, false)]);
        Assert.Equal(Scene.At(Hour + 60), judge.Unread(Scene.At(Hour))!.Value.To);
        Assert.Empty(judge.Judge(Scene.At(Hour + 600)));
    }

    [Fact]
    public void Judge_AfterATakeover_TellsNothingThatIsAlreadyTold()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, Hour);
        var first = scene.Live(scene.NewJudge(), Hour);
        var second = new StationUptime(scene.Options, Scene.At(Hour));
        second.SetHubs(scene.Hubs, Scene.At(Hour));
        second.Recover(first.Select(v => new MinuteVerdict(v.Key.Hub, Scene.At(v.Key.Minute * 60), v.Value.Verdict, v.Value.Late)));
        Assert.Empty(scene.Live(second, Hour));
        second.OnRead(Scene.At(Hour));
        Assert.Empty(second.Judge(Scene.At(Hour)));
    }

    [Fact]
    public void Judge_WhenItWasAwayItself_WaitsUntilItHasReadWhatItMissed()
    {
        var scene = new Scene().Hub("a").Packets("a", 3, 2 * Hour).Heartbeats(0, 2 * Hour).Beats(0, 2 * Hour);
        var judge = scene.NewJudge();
        scene.Live(judge, Hour);
        Assert.Empty(judge.Judge(Scene.At(Hour + 1_200)));
        var unread = judge.Unread(Scene.At(Hour + 1_200))!.Value;
        Assert.True(unread.From <= Scene.At(0) && unread.To >= Scene.At(Hour + 1_200));
        judge.OnRead(Scene.At(Hour + 1_200));
        var stands = scene.Live(judge, Hour + 1_200, from: Hour - 60, step: 1_260);
        Assert.All(stands.Values, verdict => Assert.Equal(Verdict.Up, verdict.Verdict));
    }

    [Fact]
    public void TakePast_WhenABacklogIsOlderThanWhatIsKept_NamesItsHours_AndPastUptimeJudgesThem()
    {
        var scene = new Scene { Options = new UptimeOptions { Hours = 8 } }.Hub("a").Packets("a", 3, Hour).Heartbeats(0, Hour).Beats(0, 20 * Hour)
            .Packets("a", Hour + 3, 18 * Hour, committed: 18 * Hour).Heartbeats(Hour, 18 * Hour, linkUp: false, committed: 18 * Hour)
            .Packets("a", (18 * Hour) + 3, 20 * Hour).Heartbeats(18 * Hour, 20 * Hour);
        var judge = scene.NewJudge();
        var stands = scene.Live(judge, (18 * Hour) + 600, step: 60);
        Assert.Equal((Verdict.LinkDown, false), stands[("a", 120)]);
        List<MinuteRange> past = [];
        while (judge.TakePast(Scene.At((18 * Hour) + 600)) is { } range)
        {
            past.Add(range);
        }

        Assert.Equal((Scene.At(Hour), Scene.At(14 * Hour)), (past[0].From, past[^1].To));
        Assert.All(past, range => Assert.True(range.To - range.From <= TimeSpan.FromHours(6)));
        var told = stands.Select(v => new MinuteVerdict(v.Key.Hub, Scene.At(v.Key.Minute * 60), v.Value.Verdict, v.Value.Late));
        var verdicts = PastUptime.Judge(scene.Options, scene.Hubs, past[0], told, each => scene.FeedAll(each));
        Assert.Equal(360, verdicts.Count);
        Assert.All(verdicts, v => Assert.Equal((Verdict.LinkDown, true), (v.Verdict, v.Late)));
    }
}
