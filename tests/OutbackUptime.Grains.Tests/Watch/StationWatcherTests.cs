using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Tests.Watch;

public sealed class StationWatcherTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private readonly WatchWorld _world = new();

    [Fact]
    public async Task Round_WhenAHubGoesSilent_NamesTheHubInBothStores()
    {
        await _world.RunAsync(s_hour);
        var from = _world.Now;
        _world.SilentHubs.Add("trough-1");

        await _world.RunAsync(TimeSpan.FromMinutes(10));

        var minute = WholeMinute(from) + TimeSpan.FromMinutes(3);
        foreach (var store in new[] { _world.Syd, _world.Mel })
        {
            Assert.Equal(Verdict.HubDown, store.VerdictOf("trough-1", minute));
            Assert.Equal(Verdict.Up, store.VerdictOf("tank-1", minute));
        }
    }

    [Fact]
    public async Task Round_WhenTheBacklogComes_CorrectsToTheLink()
    {
        await _world.RunAsync(s_hour);
        var from = _world.Now;
        _world.LinkIsUp = false;
        await _world.RunAsync(s_hour);
        var minute = WholeMinute(from) + TimeSpan.FromMinutes(20);

        _world.LinkIsUp = true;
        await _world.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(Verdict.LinkDown, _world.Syd.VerdictOf("tank-1", minute));
        Assert.True(_world.Syd.Verdicts.Single(v => v.Minute.Hub == "tank-1" && v.Minute.Minute == minute).Minute.Late);
        Assert.DoesNotContain(_world.Syd.Verdicts, v => v.Minute.Verdict == Verdict.HubDown);
    }

    [Fact]
    public async Task TakeOver_WhileATankRunsDry_TellsPeopleOnce()
    {
        await _world.RunAsync(s_hour);
        _world.TankPercent = 4;
        await _world.RunAsync(s_hour);
        var told = _world.Phone.Count(n => n.Kind == NoticeKind.Opened);
        Assert.True(told > 0, "the dry tank was not told of at all");

        // Sydney burns, silos and store.
        _world.Syd.IsAvailable = false;
        _world.TakeOver("mel");
        await _world.RunAsync(s_hour);

        Assert.Equal(told, _world.Phone.Count(n => n.Kind == NoticeKind.Opened));
        Assert.Contains(_world.Mel.Alerts, a => a.Alert is { Hub: "tank-1", IsCurrent: true });
        Assert.Equal(_world.Sent.Count, _world.Sent.Select(s => s.Key).Distinct().Count());
    }

    [Fact]
    public async Task TakeOver_WhenTheWatcherDiedBeforeItFoundOut_TellsPeopleAllTheSame()
    {
        await _world.RunAsync(s_hour);
        _world.TankPercent = 4;
        // Too short for the rule to be sure.
        await _world.RunAsync(TimeSpan.FromMinutes(2));
        _world.Syd.IsAvailable = false;
        _world.TakeOver("mel");

        await _world.RunAsync(s_hour);

        Assert.Contains(_world.Phone, n => n is { Kind: NoticeKind.Opened, Alert.Hub: "tank-1" });
    }

    [Fact]
    public async Task TakeOver_WhenNobodyWasToldYet_IsTold()
    {
        await _world.RunAsync(s_hour);
        _world.TankPercent = 4;
        await _world.RunAsync(s_hour);
        var told = _world.Phone.Select(n => n.AlertId).ToHashSet();
        // The alert stands in the stores, but the message never went out.
        _world.Phone.Clear();
        foreach (var store in new[] { _world.Syd, _world.Mel })
        {
            store.ForgetNotices();
        }

        _world.TakeOver("mel");
        await _world.RunAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(told, _world.Phone.Select(n => n.AlertId).ToHashSet());
    }

    [Fact]
    public async Task Round_WhenAStoreWasAway_GivesItWhatItMissed()
    {
        await _world.RunAsync(s_hour);
        _world.Mel.IsAvailable = false;
        _world.TankPercent = 4;
        await _world.RunAsync(2 * s_hour);
        _world.Mel.IsAvailable = true;

        await _world.RunAsync(TimeSpan.FromMinutes(21));

        Assert.Equal(_world.Syd.Verdicts.OrderBy(v => (v.Minute.Minute, v.Minute.Hub)), _world.Mel.Verdicts.OrderBy(v => (v.Minute.Minute, v.Minute.Hub)));
        Assert.Equal(_world.Syd.Alerts.Select(a => (a.Alert.Id, a.Alert.State)).Order(), _world.Mel.Alerts.Select(a => (a.Alert.Id, a.Alert.State)).Order());
        Assert.Equal(_world.Syd.Notices.Count, _world.Mel.Notices.Count);
    }

    [Fact]
    public async Task Round_WhenNoStoreIsThere_LosesNoVerdict()
    {
        await _world.RunAsync(s_hour);
        var from = _world.Now;
        (_world.Syd.IsAvailable, _world.Mel.IsAvailable) = (false, false);
        await _world.RunAsync(TimeSpan.FromMinutes(30));
        (_world.Syd.IsAvailable, _world.Mel.IsAvailable) = (true, true);

        await _world.RunAsync(TimeSpan.FromMinutes(10));

        var dark = _world.Syd.Verdicts.Where(v => v.Minute.Hub == "tank-1" && v.Minute.Minute > from.AddMinutes(2) && v.Minute.Minute < from.AddMinutes(28)).ToList();
        Assert.Equal(25, dark.Count);
        Assert.All(dark, v => Assert.Equal(Verdict.RegionDown, v.Minute.Verdict));
    }

    [Fact]
    public async Task Round_WhenPacketsWereCommittedAndNotHandedOver_CorrectsFromTheStores()
    {
        await _world.RunAsync(s_hour);
        var from = _world.Now;
        _world.HandsOver = false;
        await _world.RunAsync(TimeSpan.FromMinutes(5));
        _world.HandsOver = true;

        await _world.RunAsync(TimeSpan.FromMinutes(12));

        var minutes = _world.Syd.Verdicts.Where(v => v.Minute.Hub == "tank-1" && v.Minute.Minute >= from && v.Minute.Minute < from.AddMinutes(5)).ToList();
        Assert.Equal(5, minutes.Count);
        Assert.All(minutes, v => Assert.Equal(Verdict.Up, v.Minute.Verdict));
    }

    [Fact]
    public async Task TakeOver_WhileAnOldBacklogArrives_JudgesItsHoursAnew()
    {
        await _world.RunAsync(s_hour);
        var from = _world.Now;
        _world.LinkIsUp = false;
        await _world.RunAsync(TimeSpan.FromHours(60));
        // The backlog is committed while nobody watches.
        _world.HandsOver = false;
        _world.LinkIsUp = true;
        await _world.RunAsync(TimeSpan.FromSeconds(30));
        _world.HandsOver = true;
        _world.TakeOver("mel");

        await _world.RunAsync(TimeSpan.FromMinutes(30));

        var minute = WholeMinute(from).AddHours(3);
        Assert.Equal(Verdict.LinkDown, _world.Syd.VerdictOf("tank-1", minute));
        Assert.True(_world.Syd.Verdicts.Single(v => v.Minute.Hub == "tank-1" && v.Minute.Minute == minute).Minute.Late);
    }

    [Fact]
    public async Task TakeOver_WhenItsStoreMissedTheEnd_TakesTheNewerState()
    {
        await _world.RunAsync(s_hour);
        _world.TankPercent = 4;
        await _world.RunAsync(s_hour);
        var alert = _world.Mel.Alerts.First(a => a.Alert is { Hub: "tank-1", State: AlertState.Open }).Alert;
        // Melbourne's store sleeps through the acknowledgement, and its silo takes over before anything was made good.
        _world.Mel.IsAvailable = false;
        Assert.True(await _world.OnDuty.AcknowledgeAsync(alert.Id, "jo", default));
        _world.Mel.IsAvailable = true;
        _world.TakeOver("mel");

        await _world.RunAsync(TimeSpan.FromMinutes(2));

        Assert.All([_world.Syd, _world.Mel], s => Assert.Equal("jo", s.Alerts.Single(a => a.Alert.Id == alert.Id).Alert.AcknowledgedBy));
    }

    [Fact]
    public async Task Acknowledge_OfAnOpenAlert_IsWrittenAndSurvivesATakeover()
    {
        await _world.RunAsync(s_hour);
        _world.TankPercent = 4;
        await _world.RunAsync(s_hour);
        var alert = _world.Syd.Alerts.First(a => a.Alert is { Hub: "tank-1", State: AlertState.Open }).Alert;

        Assert.True(await _world.OnDuty.AcknowledgeAsync(alert.Id, "jo", default));
        Assert.False(await _world.OnDuty.AcknowledgeAsync("no-such-alert", "jo", default));
        _world.TakeOver("mel");
        await _world.RunAsync(5 * s_hour);

        Assert.Equal((AlertState.Acknowledged, "jo"), _world.Mel.Alerts.Where(a => a.Alert.Id == alert.Id).Select(a => (a.Alert.State, a.Alert.AcknowledgedBy)).Single());
        Assert.DoesNotContain(_world.Phone, n => n.AlertId == alert.Id && n.Kind == NoticeKind.Escalated && n.At > alert.ChangedAt.AddHours(1));
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
