namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>
/// The pump against links and regions that say "connected" and move nothing, by a proxy on real sockets. Short timeouts; the same
/// with the production's are in <see cref="WedgeDefaultsTests"/>.
/// </summary>
[Collection(UplinkCollection.Name)]
public sealed class WedgeTests : IAsyncLifetime
{
    private readonly UplinkFixture _uplink = new UplinkFixture()
        .WithLinks()
        .With("WedgeTimeout", "00:00:00.5")
        .With("FrameTimeout", "00:00:01")
        .With("StandstillTimeout", "00:00:02")
        .With("CanaryInterval", "00:00:00.5")
        .With("ConnectTimeout", "00:00:00.5")
        .With("LongestConnectTimeout", "00:00:02");

    public enum Swallows
    {
        Up,
        Down,
        Both,
    }

    private LinkProxy Syd => _uplink.SydLink!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _uplink.DisposeAsync();

    [Theory]
    [InlineData(Swallows.Up)]
    [InlineData(Swallows.Down)]
    [InlineData(Swallows.Both)]
    public async Task LinkThatSwallows_UnderLoad_IsLeft_AndComeHomeBy(Swallows direction)
    {
        await StartAsync();
        Swallow(direction);
        _uplink.Journal.Append(20);

        await UntilLeftAsync();
        Assert.True(_uplink.Status.Wedges > 0);

        await HomeAgainAsync();
    }

    [Theory]
    [InlineData(Swallows.Up)]
    [InlineData(Swallows.Down)]
    [InlineData(Swallows.Both)]
    public async Task LinkThatSwallows_WhileHubsAreSilent_IsFoundByACanary(Swallows direction)
    {
        await StartAsync();
        Swallow(direction);

        await UntilLeftAsync();
        Assert.True(_uplink.Status.Wedges > 0);
        Assert.True(_uplink.Journal.AppendedOf("gateway") > 0);

        await HomeAgainAsync();
    }

    [Theory]
    [InlineData(Swallows.Up)]
    [InlineData(Swallows.Down)] // Hello gets through, Welcome does not
    [InlineData(Swallows.Both)]
    public async Task LinkThatSwallowsFromTheStart_IsLeft(Swallows direction)
    {
        Swallow(direction);
        await _uplink.StartAsync();
        _uplink.Journal.Append(20);

        await UntilLeftAsync();

        await HomeAgainAsync();
    }

    [Fact]
    public async Task LinkThatSwallowsFromTheMiddleOfAFrame_IsLeft()
    {
        await StartAsync();
        Syd.SwallowUpAfter(300);
        _uplink.Journal.Append(500);

        await UntilLeftAsync();
        Assert.True(_uplink.Status.Wedges > 0);

        await HomeAgainAsync();
    }

    [Fact]
    public async Task LinkThatTakesNothingMore_SoThatWritesBlock_IsLeft()
    {
        await StartAsync();
        Syd.BlocksUp = true;
        // More than the sockets' buffers and HTTP/2's window hold.
        AppendRandom(3000, payloadBytes: 4000);

        await UntilLeftAsync();

        await HomeAgainAsync();
    }

    [Fact]
    public async Task RegionThatOnlyEverSaysRetry_IsLeft()
    {
        await StartAsync();
        _uplink.Syd.TakingOver = true;
        _uplink.Journal.Append(20);

        await UntilLeftAsync();

        Assert.Contains(_uplink.Status.Switches, s => s.To == "mel" && s.Reason.Contains("nothing was committed for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StoreThatNeverAnswers_IsNoWedgeOfTheLink()
    {
        await StartAsync();
        _uplink.Syd.StoresMute["mel"] = true;
        _uplink.Journal.Append(5);
        await _uplink.UntilAsync(() => _uplink.Stores.IsWhole("syd", _uplink.Journal.NextOffset - 1));
        // Its answer is overdue now.
        await _uplink.UntilAsync(() => !_uplink.Status.StoreAvailable["mel"]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _uplink.UntilAsync(() => watch.Elapsed > TimeSpan.FromSeconds(3));

        Assert.Equal((0L, 0), (_uplink.Status.Wedges, _uplink.Status.Switches.Count));
        _uplink.Syd.StoresMute.Clear();
        _uplink.Journal.Append(1);
        await _uplink.UntilSafeAsync();
    }

    [Fact]
    public async Task BothRegionsWedged_AreNotHoppedBetween_AndCostOneCanary()
    {
        await StartAsync();
        (_uplink.Syd.Wedged, _uplink.Mel.Wedged) = (true, true);
        var canaries = _uplink.Journal.AppendedOf("gateway");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _uplink.UntilAsync(() => watch.Elapsed > TimeSpan.FromSeconds(8));

        Assert.InRange(_uplink.Status.Switches.Count, 0, 6);
        Assert.InRange(_uplink.Journal.AppendedOf("gateway") - canaries, 0, 1);
        (_uplink.Syd.Wedged, _uplink.Mel.Wedged) = (false, false);
        await _uplink.UntilSafeAsync();
    }

    [Fact]
    public async Task Darkness_CostsOneCanary()
    {
        await _uplink.StartPumpAsync();
        await _uplink.UntilAsync(() => _uplink.Journal.AppendedOf("gateway") == 1);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _uplink.UntilAsync(() => watch.Elapsed > TimeSpan.FromSeconds(3));
        Assert.Equal(1, _uplink.Journal.AppendedOf("gateway"));

        await _uplink.Syd.StartAsync();
        await _uplink.Mel.StartAsync();
        await _uplink.UntilSafeAsync();
        await _uplink.UntilAsync(() => _uplink.Journal.AppendedOf("gateway") > 1);
    }

    [Fact]
    public async Task LossyLink_IsNoWedge()
    {
        foreach (var link in new[] { Syd, _uplink.MelLink! })
        {
            (link.Delay, link.Loss, link.Retransmission) = (TimeSpan.FromMilliseconds(20), 0.05, TimeSpan.FromMilliseconds(200));
        }

        await _uplink.With("WedgeTimeout", "00:00:03").With("FrameTimeout", "00:00:10").With("StandstillTimeout", "00:00:15").With("ConnectTimeout", "00:00:02").StartAsync();
        for (var i = 0; i < 50; i++)
        {
            _uplink.Journal.Append(40, hub: $"bore-{i}");
            await _uplink.UntilAsync(() => _uplink.Journal.Depth < 400);
        }

        await _uplink.UntilSafeAsync();
        Assert.Equal((0L, 0), (_uplink.Status.Wedges, _uplink.Status.Switches.Count));
    }

    [Fact]
    public async Task LinkThatResetsNowAndThen_LosesNothing()
    {
        (Syd.Resets, _uplink.MelLink!.Resets) = (0.03, 0.03);
        await _uplink.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            _uplink.Journal.Append(20);
            await _uplink.UntilAsync(() => _uplink.Journal.Depth < 400);
        }

        await _uplink.UntilSafeAsync();
        Assert.True(Syd.Connections > 1);
    }

    private async Task StartAsync()
    {
        await _uplink.StartAsync();
        _uplink.Journal.Append(20);
        await _uplink.UntilSafeAsync();
    }

    private void Swallow(Swallows direction) => (Syd.SwallowsUp, Syd.SwallowsDown) = (direction != Swallows.Down, direction != Swallows.Up);

    private async Task UntilLeftAsync()
    {
        await _uplink.UntilAsync(() => _uplink.Status.Switches.Any(s => s is { From: "syd", To: "mel", FirstReceiptAt: not null }));
        await _uplink.UntilSafeAsync();
    }

    private async Task HomeAgainAsync()
    {
        Syd.Mend();
        await _uplink.UntilAsync(() => _uplink.Status is { CurrentRegion: "syd", IsConnected: true });
        _uplink.Journal.Append(5);
        await _uplink.UntilSafeAsync();
    }

    private void AppendRandom(int count, int payloadBytes) => _uplink.Journal.Append(count, payloadBytes, noise: new Random(3));
}
