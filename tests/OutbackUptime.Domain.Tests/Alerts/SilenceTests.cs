using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Uptime;
using static OutbackUptime.Domain.Alerts.AlertTransitionKind;

namespace OutbackUptime.Domain.Tests.Alerts;

public sealed class SilenceTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 9, 0, 0, 0, TimeSpan.Zero);
    private readonly AlertBook _book = new(TestWater.Station);

    [Fact]
    public void Evaluate_WhenAHubIsDownForTenIntervals_TellsOfThatHub()
    {
        _book.OnVerdict("gap", Verdict.HubDown, s_start);

        Assert.Empty(_book.Evaluate(s_start.AddMinutes(14)));
        var opened = Assert.Single(_book.Evaluate(s_start.AddMinutes(16)));
        Assert.Equal((Opened, "gap", AlertRules.HubSilent, s_start), (opened.Kind, opened.Alert.Hub, opened.Alert.Rule, opened.Alert.OpenedAt));
        Assert.Empty(_book.Evaluate(s_start.AddMinutes(17)));
    }

    [Fact]
    public void Evaluate_WhenTheLinkIsDown_TellsOncePerStationAndOfNoHub()
    {
        _book.OnVerdict("gap", Verdict.LinkDown, s_start);
        _book.OnVerdict("ten-mile", Verdict.LinkDown, s_start.AddSeconds(20));

        var opened = Assert.Single(_book.Evaluate(s_start.AddMinutes(16)));

        Assert.Equal(("gateway", AlertRules.LinkDown), (opened.Alert.Hub, opened.Alert.Rule));
        Assert.Contains("Napperby link is down", opened.Alert.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_WhenTheVerdictIsCorrectedToTheLink_ClearsTheHubsAlert()
    {
        _book.OnVerdict("gap", Verdict.HubDown, s_start);
        _book.Evaluate(s_start.AddMinutes(16));

        _book.OnVerdict("gap", Verdict.LinkDown, s_start);
        var changes = _book.Evaluate(s_start.AddMinutes(17));

        Assert.Contains(changes, c => c.Kind == Cleared && c.Alert.Rule == AlertRules.HubSilent);
        Assert.Contains(changes, c => c.Kind == Opened && c.Alert.Rule == AlertRules.LinkDown);
    }

    [Fact]
    public void Evaluate_WhenTheHubIsBackForAMoment_WaitsBeforeItClears()
    {
        _book.OnVerdict("gap", Verdict.HubDown, s_start);
        _book.Evaluate(s_start.AddMinutes(16));

        _book.OnVerdict("gap", Verdict.Up, s_start.AddMinutes(20));

        Assert.Empty(_book.Evaluate(s_start.AddMinutes(20.5)));
        Assert.Equal(Cleared, Assert.Single(_book.Evaluate(s_start.AddMinutes(23))).Kind);
    }

    [Fact]
    public void Evaluate_WhenNobodyKnowsTheWaterForLong_IsCritical()
    {
        _book.OnVerdict("ten-mile", Verdict.HubDown, s_start);
        _book.Evaluate(s_start.AddHours(1));

        var worse = _book.Evaluate(s_start.AddHours(22));

        Assert.Contains(worse, c => c.Kind == Escalated && c.Alert.Severity == AlertSeverity.Critical);
    }

    [Fact]
    public void Evaluate_WhenTheLinkRestsByPlan_SaysNothing()
    {
        var book = new AlertBook(TestWater.Station with { LinkRest = TimeSpan.FromMinutes(60) });
        book.OnVerdict("gap", Verdict.LinkDown, s_start);

        Assert.Empty(book.Evaluate(s_start.AddMinutes(55)));
        Assert.Single(book.Evaluate(s_start.AddMinutes(61)));
    }

    [Fact]
    public void Recover_WithASilentHub_HoldsUntilAVerdictComes()
    {
        _book.OnVerdict("gap", Verdict.HubDown, s_start);
        _book.Evaluate(s_start.AddMinutes(16));
        var next = new AlertBook(TestWater.Station);
        next.Recover(_book.Current);

        Assert.Empty(next.Evaluate(s_start.AddMinutes(17)));
        next.OnVerdict("gap", Verdict.HubDown, s_start);
        Assert.Empty(next.Evaluate(s_start.AddMinutes(18)));
        next.OnVerdict("gap", Verdict.Up, s_start.AddMinutes(19));
        Assert.Equal(Cleared, Assert.Single(next.Evaluate(s_start.AddMinutes(22))).Kind);
    }
}
