using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Uplink;
using OutbackUptime.Testing;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>The real pump over real gRPC, against regions that lose, delay, double and reorder, fall silent, or are gone.</summary>
public sealed class UplinkPumpTests : IAsyncLifetime
{
    private readonly FakeRegion _syd = new();
    private readonly FakeRegion _mel = new();
    private readonly MemoryJournal _journal = new();
    private IHost _gateway = null!;
    private IUplinkStatus _status = null!;

    public async Task InitializeAsync()
    {
        await _syd.StartAsync();
        await _mel.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Uplink:Regions:syd:Endpoints:0"] = $"http://127.0.0.1:{_syd.Port}",
            ["Uplink:Regions:mel:Endpoints:0"] = $"http://127.0.0.1:{_mel.Port}",
            ["Uplink:WedgeTimeout"] = "00:00:00.500",
            ["Uplink:FrameTimeout"] = "00:00:02",
            ["Uplink:SettleTime"] = "00:00:00.500",
            ["Uplink:HomeProbeInterval"] = "00:00:00.100",
            ["Uplink:LongestHomeProbeInterval"] = "00:00:00.200",
        });
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.Configure<GatewayOptions>(o => (o.Station, o.HomeRegion, o.DataDirectory) = ("napperby", "syd", "-"));
        builder.Services.AddSingleton<IUplinkJournal>(_journal);
        builder.Services.AddUplink(builder.Configuration);
        _gateway = builder.Build();
        _status = _gateway.Services.GetRequiredService<IUplinkStatus>();
    }

    public async Task DisposeAsync()
    {
        await _gateway.StopAsync();
        _gateway.Dispose();
        await _syd.DisposeAsync();
        await _mel.DisposeAsync();
    }

    [Fact]
    public async Task BacklogAndLive_AreCommittedInBothRegions()
    {
        _journal.Append(100);
        await _gateway.StartAsync();
        await Eventually.TrueAsync(() => _journal.IsWhole(100));
        _journal.Append(5);

        await Eventually.TrueAsync(() => _journal.IsWhole(105));
        Assert.Equal("syd", _status.CurrentRegion);
        Assert.Empty(_mel.Frames);
    }

    [Fact]
    public async Task LostDoubledAndReorderedReceipts_LoseNothing()
    {
        var random = new Random(7);
        var late = new Queue<Receipt>();
        _syd.Answer = frame =>
        {
            // The newest answer may come before older ones, twice, or (the first time) never.
            late.Enqueue(FakeRegion.Final(frame));
            var now = random.Next(4) switch
            {
                0 => [],
                1 => [FakeRegion.Final(frame), FakeRegion.Final(frame)],
                _ => late.Reverse().ToArray(),
            };
            return now;
        };
        _journal.Append(200);

        await _gateway.StartAsync();

        await Eventually.TrueAsync(() => _journal.IsWhole(200), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task PartialReceipts_CountForTheirRegionOnly()
    {
        _syd.Answer = frame => [new Receipt { FrameId = frame.FrameId, Status = ReceiptStatus.Partial, Credit = 8, CommittedRegions = { "syd" } }];
        _mel.Answer = _ => [];
        _journal.Append(3);

        await _gateway.StartAsync();

        await Eventually.TrueAsync(() => _journal.Committed["syd"].Count == 3);
        Assert.Equal(0, _journal.Committed["mel"].Count);
    }

    [Fact]
    public async Task ARegionThatSaysConnectedAndMovesNothing_IsLeft()
    {
        _syd.Answer = _ => [];
        _journal.Append(10);

        await _gateway.StartAsync();

        await Eventually.TrueAsync(() => _journal.IsWhole(10));
        Assert.Contains(_status.Switches, s => s is { From: "syd", To: "mel", FirstReceiptAt: not null } && s.Reason.Contains("nothing was committed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARegionThatIsGone_IsLeft_AndGoneBackTo()
    {
        await _gateway.StartAsync();
        _journal.Append(10);
        await Eventually.TrueAsync(() => _journal.IsWhole(10));

        await _syd.StopAsync();
        _journal.Append(10);
        await Eventually.TrueAsync(() => _journal.IsWhole(20));
        Assert.Equal("mel", _status.CurrentRegion);

        await _syd.StartAsync();
        await Eventually.TrueAsync(() => _status is { CurrentRegion: "syd", IsConnected: true });
        _journal.Append(10);
        await Eventually.TrueAsync(() => _journal.IsWhole(30));
    }

    [Fact]
    public async Task ARejectedEntry_DoesNotHoldUpTheOthers()
    {
        _syd.Answer = frame => frame.Entries.Any(e => e.Offset == 4)
            ? [new Receipt { FrameId = frame.FrameId, Status = ReceiptStatus.Rejected, Detail = "bad", Credit = 8 }]
            : [FakeRegion.Final(frame)];
        _journal.Append(10);

        await _gateway.StartAsync();

        await Eventually.TrueAsync(() => _journal.Committed.Values.All(c => c.Count == 9));
        await Eventually.TrueAsync(() => _status.Rejected.Count == 1);
    }
}
