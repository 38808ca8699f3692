using Xunit.Abstractions;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>With the timeouts that a gateway has out there: found within 30 s, and no false alarm.</summary>
[Collection(UplinkCollection.Name)]
[Trait("Suite", "Slow")]
public sealed class WedgeDefaultsTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Wedges_OfEachDirection_AreFoundInTime_AlsoWhileHubsAreSilent()
    {
        // Side by side: each waits for seconds.
        await Task.WhenAll(
            FindAsync("up, idle", false, link => link.SwallowsUp = true),
            FindAsync("down, idle", false, link => link.SwallowsDown = true),
            FindAsync("both, idle", false, link => (link.SwallowsUp, link.SwallowsDown) = (true, true)),
            FindAsync("up, loaded", true, link => link.SwallowsUp = true),
            FindAsync("down, loaded", true, link => link.SwallowsDown = true),
            FindAsync("middle of a frame", true, link => link.SwallowUpAfter(300)));
    }

    [Fact]
    public async Task SkyMuster_600MillisecondsEachWay_IsNoWedge_AndDrainsFast()
    {
        await using var uplink = new UplinkFixture().WithLinks();
        (uplink.SydLink!.Delay, uplink.MelLink!.Delay) = (TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(600));
        uplink.Journal.Append(20_000, payloadBytes: 190);
        await uplink.StartAsync();
        await uplink.UntilAsync(() => uplink.Status.IsConnected);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await uplink.UntilAsync(() => uplink.Journal.Depth == 0);
        var drained = watch.Elapsed;
        uplink.Journal.Append(10);
        watch.Restart();
        await uplink.UntilSafeAsync();

        output.WriteLine($"20,000 entries in {drained.TotalSeconds:0.0} s ({20_000 / drained.TotalSeconds:0}/s); a live packet is safe after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal((0L, 0), (uplink.Status.Wedges, uplink.Status.Switches.Count));
        Assert.InRange(20_000 / drained.TotalSeconds, 1000, double.MaxValue);
    }

    [Fact]
    public async Task HomeLink_ThatFlapsEveryTwentySeconds_LosesNothing()
    {
        // Down (and says "connected") for twenty seconds, up for twenty.
        await using var uplink = new UplinkFixture().WithLinks().With("SettleTime", "00:00:05").With("HomeProbeInterval", "00:00:01");
        await uplink.StartAsync();
        uplink.Journal.Append(20);
        await uplink.UntilSafeAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outages = new List<double>();
        for (var half = 0; half < 2; half++)
        {
            if (half == 0)
            {
                (uplink.SydLink!.SwallowsUp, uplink.SydLink.SwallowsDown) = (true, true);
            }
            else
            {
                uplink.SydLink!.Mend();
            }

            while (watch.Elapsed < (half + 1) * TimeSpan.FromSeconds(20))
            {
                var before = watch.Elapsed;
                uplink.Journal.Append(10);
                await uplink.UntilSafeAsync();
                outages.Add((watch.Elapsed - before).TotalSeconds);
            }
        }

        output.WriteLine($"longest wait for a packet to be safe: {outages.Max():0.0} s; switches: {string.Join(", ", uplink.Status.Switches.Select(s => s.To))}");
        Assert.InRange(outages.Max(), 0, s_bound.TotalSeconds);
    }

    private async Task FindAsync(string what, bool loaded, Action<LinkProxy> wedge)
    {
        await using var uplink = new UplinkFixture().WithLinks();
        await uplink.StartAsync();
        uplink.Journal.Append(20);
        await uplink.UntilSafeAsync();
        wedge(uplink.SydLink!);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        uplink.Journal.Append(loaded ? 500 : 0);

        await uplink.UntilAsync(() => uplink.Status.Switches.Any(s => s.To == "mel"), s_bound);
        output.WriteLine($"{what}: left after {watch.Elapsed.TotalSeconds:0.0} s ({uplink.Status.Switches[0].Reason})");
        await uplink.UntilSafeAsync();
        Assert.Equal(1, uplink.Status.Wedges);
    }
}
