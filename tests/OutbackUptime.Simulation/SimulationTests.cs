using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace OutbackUptime.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 1200;

    [Fact]
    public void AllInvariantsHold_OverManySeeds()
    {
        var seeds = Environment.GetEnvironmentVariable("OUTBACK_SIM_SEED") is { Length: > 0 } one
            ? [int.Parse(one, CultureInfo.InvariantCulture)]
            : Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("OUTBACK_SIM_SEEDS") ?? $"{DefaultSeeds}", CultureInfo.InvariantCulture)).ToArray();
        var failures = new ConcurrentDictionary<int, string>();
        long acknowledged = 0;
        Parallel.ForEach(seeds, seed =>
        {
            try
            {
                Interlocked.Add(ref acknowledged, new World(new SimOptions { Seed = seed }).Run().Acknowledged);
            }
            catch (Exception e)
            {
                failures[seed] = e is InvariantBrokenException ? e.Message : e.ToString();
            }
        });

        output.WriteLine($"{seeds.Length} seeds, {acknowledged} packets acknowledged");
        Assert.True(
            failures.IsEmpty,
            string.Join('\n', failures.OrderBy(f => f.Key).Take(5).Select(f => $"seed {f.Key}: {f.Value}  (replay: OUTBACK_SIM_SEED={f.Key} dotnet test tests/OutbackUptime.Simulation)")));
        Assert.True(acknowledged > seeds.Length * 100, $"only {acknowledged} packets were acknowledged: the load is not what it should be");
    }

    [Fact]
    public void Run_OfTheSameSeed_IsTheSame() =>
        Assert.Equal(new World(new SimOptions { Seed = 4711 }).Run(), new World(new SimOptions { Seed = 4711 }).Run());

    /// <summary>A simulator that finds nothing proves nothing: each broken rule must be noticed.</summary>
    [Theory]
    [InlineData("ack before commit")]
    [InlineData("trim after one region")]
    [InlineData("record before commit")]
    [InlineData("seq-only key")]
    [InlineData("receipt claims all owed")]
    [InlineData("receipt names the frame before")]
    [InlineData("watermark instead of ranges")]
    [InlineData("wedge unnoticed")]
    [InlineData("canaries pile up")]
    public void BrokenRule_IsNoticed(string rule)
    {
        SimOptions Break(int seed) => rule switch
        {
            "ack before commit" => new SimOptions { Seed = seed, BreakAckBeforeCommit = true },
            "trim after one region" => new SimOptions { Seed = seed, BreakTrimAfterOneRegion = true },
            "record before commit" => new SimOptions { Seed = seed, BreakRecordBeforeCommit = true },
            "seq-only key" => new SimOptions { Seed = seed, BreakSeqOnlyKey = true },
            "watermark instead of ranges" => new SimOptions { Seed = seed, BreakWatermark = true },
            "wedge unnoticed" => new SimOptions { Seed = seed, BreakWedgeUnnoticed = true },
            "canaries pile up" => new SimOptions { Seed = seed, BreakCanariesPileUp = true },
            "receipt names the frame before" => new SimOptions { Seed = seed, BreakReceiptNamesFrameBefore = true },
            _ => new SimOptions { Seed = seed, BreakReceiptClaimsAllOwed = true },
        };

        var noticed = Enumerable.Range(1, 60).Count(seed =>
        {
            try
            {
                new World(Break(seed)).Run();
                return false;
            }
            catch (InvariantBrokenException)
            {
                return true;
            }
        });

        output.WriteLine($"{rule}: noticed by {noticed} of 60 seeds");
        Assert.True(noticed > 0);
    }
}
