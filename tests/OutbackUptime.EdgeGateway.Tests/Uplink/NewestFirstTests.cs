using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>What goes first after an outage, and what waits for a metered link's budget.</summary>
[Collection(UplinkCollection.Name)]
public sealed class NewestFirstTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly UplinkFixture _uplink;

    public NewestFirstTests() => _uplink = new UplinkFixture { DataDirectory = _folder.FullPath };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _uplink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AfterAnOutage_TheNewestPacketOfEachHubComesFirst()
    {
        for (var round = 0; round < 200; round++)
        {
            for (var hub = 0; hub < 20; hub++)
            {
                _uplink.Journal.Append(1, hub: $"bore-{hub}");
            }
        }

        _uplink.Journal.Append(3000, hub: "chatty");
        await _uplink.StartAsync();
        await _uplink.UntilSafeAsync();

        Assert.True(_uplink.Syd.Frames.TryDequeue(out var first));
        Assert.Equal([.. Enumerable.Range(3981, 20).Select(o => (long)o), 7000], first!.Entries.Select(e => e.Offset));
    }

    [Fact]
    public async Task ABurstOfOneHub_DoesNotHoldUpTheOthersHistory()
    {
        _uplink.Journal.Append(9000, hub: "chatty");
        for (var hub = 0; hub < 10; hub++)
        {
            _uplink.Journal.Append(100, hub: $"bore-{hub}");
        }

        await _uplink.StartAsync();
        await _uplink.UntilSafeAsync();

        // Ten hubs have 100 each: within the first frames all of that is sent.
        var early = _uplink.Syd.Frames.SelectMany(f => f.Entries).Take(2500).Count(e => e.Hub != "chatty");
        Assert.Equal(1000, early);
    }

    [Fact]
    public async Task MonthsBudgetUsedUp_HoldsBacklogBack_NotLivePackets_AlsoAfterARestart()
    {
        File.WriteAllText(_folder.File("uplink-budget"), $"{TimeProvider.System.GetUtcNow():yyyy-MM} 5000000000\n");
        _uplink.With("MonthlyBudgetBytes", "4000000000").With("CanaryInterval", "00:00:00.2").With("StandstillTimeout", "00:00:01");
        _uplink.Journal.Append(500);
        await _uplink.StartAsync();
        await _uplink.UntilAsync(() => _uplink.Stores.Has("syd", 500));
        _uplink.Journal.Append(5);
        await _uplink.UntilAsync(() => Enumerable.Range(501, 5).All(o => _uplink.Stores.Has("syd", o) && _uplink.Stores.Has("mel", o)));
        // The gateway's own packets go on, and that backlog waits is no wedge.
        await _uplink.UntilAsync(() => _uplink.Journal.AppendedOf("gateway") > 10);

        Assert.False(_uplink.Stores.Has("syd", 1));
        Assert.True(_uplink.Stores.Has("syd", 500));
        Assert.Equal((0L, 0), (_uplink.Status.Wedges, _uplink.Status.Switches.Count));
        await _uplink.StopPumpAsync();
        var used = long.Parse(File.ReadAllText(_folder.File("uplink-budget")).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(used, 5_000_001_000, 5_001_000_000);
    }

    [Fact]
    public async Task BudgetWithRoom_LetsBacklogPass_AndCountsItsBytes()
    {
        _uplink.With("MonthlyBudgetBytes", "4000000000");
        _uplink.Journal.Append(2000);
        await _uplink.StartAsync();
        await _uplink.UntilSafeAsync();

        var carried = _uplink.Status.WireBytes;
        await _uplink.StopPumpAsync();

        Assert.InRange(carried, 5_000, 2000 * 200);
        Assert.StartsWith($"{TimeProvider.System.GetUtcNow():yyyy-MM} ", File.ReadAllText(_folder.File("uplink-budget")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TornBudgetFile_StopsNothing()
    {
        File.WriteAllText(_folder.File("uplink-budget"), "2026-1");
        _uplink.With("MonthlyBudgetBytes", "4000000000");
        _uplink.Journal.Append(10);
        await _uplink.StartAsync();

        await _uplink.UntilSafeAsync();
    }
}
