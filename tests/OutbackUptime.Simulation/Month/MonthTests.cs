using System.Collections.Concurrent;
using OutbackUptime.Domain.Uptime;
using Xunit.Abstractions;

namespace OutbackUptime.Simulation.Month;

public sealed class MonthTests(ITestOutputHelper output)
{
    private static readonly int[] s_seeds = [1, 2, 3, 4, 5];

    [Fact]
    public void Verdicts_OfAMonthOfFaults_AreRightOnceTheBacklogIsThere()
    {
        var seeds = Environment.GetEnvironmentVariable("OUTBACK_MONTH_SEEDS") is { Length: > 0 } list ? [.. list.Split(',').Select(int.Parse)] : s_seeds;
        var explain = Environment.GetEnvironmentVariable("OUTBACK_MONTH_EXPLAIN") is { Length: > 0 };
        ConcurrentBag<string> notes = [];
        ConcurrentBag<MonthRun> runs = [];
        Parallel.ForEach(seeds, seed => runs.Add(new MonthRun(seed) { Explain = explain ? text => notes.Add($"seed {seed}: {text}") : null }.Run()));
        ConfusionMatrix settled = new(), live = new();
        foreach (var run in runs)
        {
            settled.Add(run.Settled);
            live.Add(run.Live);
        }

        var report = $"""
            {seeds.Length} station months (seeds {string.Join(", ", seeds)}), hub-minutes after the backlog:

            {settled.ToMarkdown()}
            Wrong hub-down: {settled.WrongHubDown():P3} of the minutes that were not. Evaluators: {runs.Sum(r => r.Takeovers)}; hours judged anew from the store: {runs.Sum(r => r.HoursJudgedAnew)}.

            As told first, before any backlog:

            {live.ToMarkdown()}
            """;
        output.WriteLine(report);
        foreach (var note in notes.Order())
        {
            output.WriteLine(note);
        }

        if (Environment.GetEnvironmentVariable("OUTBACK_MONTH_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, report);
        }

        Assert.All(VerdictNames.All, verdict =>
        {
            Assert.True(settled.Of(verdict) > 1_000, $"{verdict}: {settled.Of(verdict)} minutes are too few to tell");
            Assert.True(settled.Recall(verdict) >= 0.99, $"{verdict}: {settled.Recall(verdict):P2} of its minutes were called so");
            Assert.True(settled.Precision(verdict) >= 0.99, $"{verdict}: {settled.Precision(verdict):P2} of the minutes called so were so");
        });
        Assert.True(settled.WrongHubDown() <= 0.001, $"{settled.WrongHubDown():P3} of the minutes that were not hub-down were called so");
    }
}
