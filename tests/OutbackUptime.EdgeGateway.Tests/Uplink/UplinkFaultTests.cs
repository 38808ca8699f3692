namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>The pump against what a region, a link, a store or a clock can do to it, down to the rows in both stores.</summary>
[Collection(UplinkCollection.Name)]
public sealed class UplinkFaultTests : IAsyncLifetime
{
    private readonly UplinkFixture _uplink = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _uplink.DisposeAsync();

    [Fact]
    public async Task Entries_GoToHome_AndAreTrimmedOnceBothStoresHaveThem()
    {
        _uplink.Journal.Append(50);
        await _uplink.StartAsync();
        _uplink.Journal.Append(50);

        await _uplink.UntilSafeAsync();

        Assert.Empty(_uplink.Mel.Hellos);
        var hello = Assert.Single(_uplink.Syd.Hellos);
        Assert.Equal("napperby", hello.Station);
        Assert.Equal(_uplink.Journal.Epoch, new Guid(hello.JournalEpoch.Span, bigEndian: true));
        Assert.Equal("gzip", _uplink.Syd.Encoding);
        Assert.Equal(1, _uplink.Stores.MostTimes("syd"));
        Assert.Equal(100, _uplink.Status.JournalToSafe.Snapshot().Sum(b => b[1]));
    }

    [Fact]
    public async Task StreamThatBreaksBeforeTheReceipt_IsSentAgain()
    {
        _uplink.Syd.BreakStreams = 1;
        await _uplink.StartAsync();
        _uplink.Journal.Append(20);

        await _uplink.UntilSafeAsync();

        Assert.Equal(2, _uplink.Stores.MostTimes("syd"));
        Assert.Equal("syd", _uplink.Status.CurrentRegion);
    }

    [Fact]
    public async Task RegionThatAcceptsAndNeverAnswers_IsLeft()
    {
        _uplink.Syd.Mute = true;
        _uplink.With("ConnectTimeout", "00:00:00.5");
        await _uplink.StartAsync();
        _uplink.Journal.Append(10);

        await _uplink.UntilSafeAsync();

        Assert.Equal("mel", _uplink.Status.CurrentRegion);
    }

    [Fact]
    public async Task HomeThatWelcomesAndCommitsNothing_IsGoneBackToEverMoreSeldom()
    {
        _uplink.With("WedgeTimeout", "00:00:00.5").With("SettleTime", "00:00:00.2");
        _uplink.Syd.Wedged = true;
        await _uplink.StartAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(6))
        {
            _uplink.Journal.Append(1);
            await _uplink.UntilSafeAsync();
        }

        Assert.InRange(_uplink.Status.Switches.Count(s => s.To == "syd"), 1, 4);
    }

    [Fact]
    public async Task RegionThatSaysFarewellAtOnce_IsNotHammered_AndIsLeft()
    {
        _uplink.Syd.Draining = true;
        await _uplink.StartAsync();
        await _uplink.UntilAsync(() => _uplink.Status is { CurrentRegion: "mel", IsConnected: true });

        _uplink.Journal.Append(10);
        await _uplink.UntilSafeAsync();

        Assert.InRange(_uplink.Syd.Hellos.Count, 1, 50);
    }

    [Fact]
    public async Task RegionThatIsTakingOver_IsStayedWith_WhereTheOtherIsDown()
    {
        _uplink.Mel.TakingOver = true;
        await _uplink.Mel.StartAsync();
        await _uplink.StartPumpAsync();
        _uplink.Journal.Append(10);
        await _uplink.UntilAsync(() => _uplink.Mel.Frames.Count > 8);

        _uplink.Mel.TakingOver = false;
        await _uplink.UntilSafeAsync();

        Assert.Single(_uplink.Status.Switches);
    }

    [Fact]
    public async Task StoreThatIsDown_IsFedOnceItIsBack_AndHoldsNothingUp()
    {
        _uplink.Syd.StoresDown["mel"] = true;
        await _uplink.StartAsync();
        _uplink.Journal.Append(300);
        await _uplink.UntilAsync(() => _uplink.Stores.IsWhole("syd", 300));
        Assert.Equal(300, _uplink.Journal.Depth);
        Assert.False(_uplink.Status.StoreAvailable["mel"]);

        _uplink.Syd.StoresDown.Clear();
        _uplink.Journal.Append(1);
        await _uplink.UntilSafeAsync();

        Assert.Equal(1, _uplink.Stores.MostTimes("syd"));
        Assert.Equal(301, _uplink.Status.JournalToCommitted.Snapshot().Sum(b => b[1]));
        Assert.Equal(301, _uplink.Status.JournalToSafe.Snapshot().Sum(b => b[1]));
    }

    [Fact]
    public async Task RegionWithALowFrameLimit_GetsSmallFrames()
    {
        _uplink.Syd.Welcome.MaxFrameBytes = 8000;
        await _uplink.StartAsync();
        _uplink.Journal.Append(200, payloadBytes: 400);

        await _uplink.UntilSafeAsync();

        Assert.All(_uplink.Syd.Frames, f => Assert.True(f.CalculateSize() <= 8000));
        Assert.Equal("syd", _uplink.Status.CurrentRegion);
    }

    [Fact]
    public async Task RegionThatNamesNoCredit_GetsOneFrameAtATime()
    {
        _uplink.Syd.Welcome.Credit = 0;
        await _uplink.StartAsync();
        _uplink.Journal.Append(20);

        await _uplink.UntilSafeAsync();
    }

    [Fact]
    public async Task WallClockSetBack_DelaysNothing()
    {
        var time = new SteppedTime();
        await _uplink.StartPumpAsync(time);
        _uplink.Journal.Append(10);
        // Both regions are down and backed off from when the clock is set.
        await _uplink.UntilAsync(() => _uplink.Status.Switches.Count > 2);
        time.Step(TimeSpan.FromHours(-3));
        var switches = _uplink.Status.Switches.Count;
        await _uplink.UntilAsync(() => _uplink.Status.Switches.Count > switches + 1);
        await _uplink.Syd.StartAsync();
        await _uplink.Mel.StartAsync();

        await _uplink.UntilSafeAsync();
    }

    [Fact]
    public async Task WallClockSetForward_BreaksNoConnection()
    {
        var time = new SteppedTime();
        await _uplink.StartAsync(time);
        var gate = new TaskCompletionSource();
        _uplink.Syd.Gate = gate.Task;
        _uplink.Journal.Append(10);
        await _uplink.UntilAsync(() => !_uplink.Syd.Frames.IsEmpty);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        time.Step(TimeSpan.FromDays(2));
        // Several of the pump's ticks pass with the frame in flight.
        await _uplink.UntilAsync(() => watch.Elapsed > TimeSpan.FromSeconds(0.5));
        gate.SetResult();

        await _uplink.UntilSafeAsync();

        Assert.Single(_uplink.Syd.Hellos);
        Assert.Empty(_uplink.Status.Switches);
    }

    [Fact]
    public async Task Backlog_IsDrainedFast_WhileLivePacketsCommitWithinASecond()
    {
        _uplink.Journal.Append(50_000, payloadBytes: 190);
        await _uplink.StartAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _uplink.UntilAsync(() => !_uplink.Syd.Frames.IsEmpty);

        _uplink.Journal.Append(1);
        await _uplink.UntilAsync(() => _uplink.Stores.Has("mel", 50_001));
        var live = watch.Elapsed;
        await _uplink.UntilAsync(() => _uplink.Journal.Depth == 0);

        Assert.InRange(live, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(50_000 / watch.Elapsed.TotalSeconds, 10_000, double.MaxValue);
    }
}
