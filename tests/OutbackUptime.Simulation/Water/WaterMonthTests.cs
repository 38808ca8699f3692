using System.Globalization;
using OutbackUptime.Domain.Alerts;
using Xunit.Abstractions;

namespace OutbackUptime.Simulation.Water;

public sealed class WaterMonthTests(ITestOutputHelper output)
{
    private const int DefaultMonths = 6;

    [Fact]
    public void Month_WithTrueEpisodes_MissesNoneAndCriesWolfAtMostOnce()
    {
        var seeds = Environment.GetEnvironmentVariable("OUTBACK_WATER_SEED") is { Length: > 0 } one
            ? [int.Parse(one, CultureInfo.InvariantCulture)]
            : Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("OUTBACK_WATER_MONTHS") ?? $"{DefaultMonths}", CultureInfo.InvariantCulture)).ToArray();
        var results = seeds.AsParallel().AsOrdered().Select(seed => (Seed: seed, Result: new WaterMonth(seed).Run())).ToList();

        Print(results);
        foreach (var (seed, result) in results)
        {
            var replay = $"replay: OUTBACK_WATER_SEED={seed} dotnet test tests/OutbackUptime.Simulation --filter WaterMonth";
            Assert.True(!result.Missed.Any(), $"seed {seed} missed: {string.Join("; ", result.Missed.Select(f => $"{f}"))}; {replay}");
            Assert.True(result.False.Count <= 1, $"seed {seed} cried wolf: {string.Join("; ", result.False)}; {replay}");
            Assert.True(result.Twice.Count == 0, $"seed {seed} told twice: {string.Join("; ", result.Twice)}; {replay}");
        }
    }

    /// <summary>A month that finds nothing proves nothing: dulled rules must miss, oversharp ones must cry wolf.</summary>
    [Theory]
    [InlineData(1000, false)]
    [InlineData(0.9, true)]
    public void Month_WithAWrongFallFactor_IsNoticed(double factor, bool criesWolf)
    {
        var results = Enumerable.Range(1, 2).Select(seed => new WaterMonth(seed, new AlertLimits { FallFactor = factor }).Run()).ToList();

        Assert.True(criesWolf ? results.Any(r => r.False.Count > 1) : results.Any(r => r.Missed.Any()));
    }

    private void Print(IReadOnlyList<(int Seed, WaterMonthResult Result)> results)
    {
        output.WriteLine($"{results.Count} station months, seeds {results[0].Seed}-{results[^1].Seed}");
        output.WriteLine("| true episode | times | told in time | median h | worst h |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var faults = results.SelectMany(r => r.Result.Faults).Where(f => f.Kind == kind).ToList();
            var missed = results.Sum(r => r.Result.Missed.Count(f => f.Kind == kind));
            var hours = faults.Where(f => f.ToldAt is not null).Select(f => (f.ToldAt!.Value - f.From) / 60.0).Order().ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {kind} | {faults.Count} | {faults.Count - missed} | {(hours.Count > 0 ? hours[hours.Count / 2] : double.NaN):0.0} | {(hours.Count > 0 ? hours[^1] : double.NaN):0.0} |"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"false alerts {results.Sum(r => r.Result.False.Count)} (worst month {results.Max(r => r.Result.False.Count)}), notices a month {results.Average(r => r.Result.Notices):0}, recorded {results.Sum(r => r.Result.Recorded)}, takeovers {results.Sum(r => r.Result.Takeovers)}, told twice {results.Sum(r => r.Result.Twice.Count)}"));
        foreach (var line in results.SelectMany(r => r.Result.False.Select(f => $"seed {r.Seed} false: {f}").Concat(r.Result.Missed.Select(f => $"seed {r.Seed} missed: {f}"))))
        {
            output.WriteLine(line);
        }
    }
}
