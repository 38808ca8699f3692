using OutbackUptime.Bench.Takeover;

namespace OutbackUptime.Bench.Tests.Takeover;

public sealed class TakeoverSummaryTests
{
    [Fact]
    public void Of_WhenKindsAreMixed_KeepsThemApart()
    {
        var summaries = TakeoverSummary.Of([Kill("stretched", "region", "sigkill", 2), Kill("stretched", "region", "sigkill", 4), Kill("cells", "region", "sigkill", 9), Kill("stretched", "silo", "sigstop", 60, inTime: false)]);

        Assert.Equal(
            [("stretched", "silo", "sigstop", 1, 60.0), ("stretched", "region", "sigkill", 0, 4.0), ("cells", "region", "sigkill", 0, 9.0)],
            summaries.Select(s => (s.Topology, s.Scope, s.Kind, s.NotInTime, s.Seconds.Max)));
    }

    [Fact]
    public void Count_WhenAReportIsGoneOnWith_CountsItsKillsOfThatKindOnly()
    {
        var report = TakeoverReport.Empty with { Kills = [Kill("cells", "silo", "sigkill", 1), Kill("cells", "region", "sigkill", 1)] };

        Assert.Equal(1, report.Count("cells", "silo", "sigkill"));
        Assert.Equal(0, report.Count("stretched", "silo", "sigkill"));
    }

    private static TakeoverKill Kill(string topology, string scope, string kind, double seconds, bool inTime = true) =>
        new(topology, kind, scope, "syd", DateTimeOffset.UnixEpoch, 2, seconds, inTime, null, 20);
}
