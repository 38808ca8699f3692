using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Uplink;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>The real pump, as AddUplink makes it, between a journal in memory and two fake regions.</summary>
internal sealed class UplinkFixture : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Uplink:SettleTime"] = "00:00:00.5",
        ["Uplink:HomeProbeInterval"] = "00:00:00.1",
        ["Uplink:LongestHomeProbeInterval"] = "00:00:00.2",
        ["Uplink:HeartbeatInterval"] = "00:00:00",
    };

    private IHost? _host;

    public UplinkFixture() => (Syd, Mel) = (new FaultyRegion("syd", Stores), new FaultyRegion("mel", Stores));

    /// <summary>The links, where there are any between the gateway and the regions.</summary>
    public LinkProxy? SydLink { get; private set; }

    public LinkProxy? MelLink { get; private set; }

    public RegionRows Stores { get; } = new();

    public TrimmingJournal Journal { get; } = new();

    public FaultyRegion Syd { get; }

    public FaultyRegion Mel { get; }

    /// <summary>Where the gateway keeps the state of its budget.</summary>
    public string DataDirectory { get; init; } = "-";

    public IUplinkStatus Status => _host!.Services.GetRequiredService<IUplinkStatus>();

    public UplinkFixture With(string setting, string value)
    {
        _settings[$"Uplink:{setting}"] = value;
        return this;
    }

    /// <summary>Puts a link before each region.</summary>
    public UplinkFixture WithLinks()
    {
        (SydLink, MelLink) = (new LinkProxy(Syd.Port, seed: 1), new LinkProxy(Mel.Port, seed: 2));
        return this;
    }

    /// <summary>Starts both regions, then the pump.</summary>
    public async Task StartAsync(TimeProvider? time = null)
    {
        await Syd.StartAsync();
        await Mel.StartAsync();
        await StartPumpAsync(time);
    }

    public async Task StartPumpAsync(TimeProvider? time = null)
    {
        _settings.TryAdd("Uplink:Regions:syd:Endpoints:0", Syd.EndpointAt(SydLink?.Port ?? Syd.Port));
        _settings.TryAdd("Uplink:Regions:mel:Endpoints:0", Mel.EndpointAt(MelLink?.Port ?? Mel.Port));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Services.AddMetrics();
        builder.Services.Configure<GatewayOptions>(o => (o.Station, o.HomeRegion, o.DataDirectory) = ("napperby", "syd", DataDirectory));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSingleton<IUplinkJournal>(Journal);
        builder.Services.AddSingleton<IPacketJournal>(Journal);
        builder.Services.AddUplink(builder.Configuration);
        builder.Services.AddCanary(_ => () => [new("journal_depth", Journal.Depth)]);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public Task UntilAsync(Func<bool> condition, TimeSpan? limit = null) => Eventually.TrueAsync(condition, limit, describe: () =>
        $"depth {Journal.Depth}, at {Status.CurrentRegion} ({(Status.IsConnected ? "connected" : "not connected")}), frames {Syd.Frames.Count}+{Mel.Frames.Count}, "
        + $"hellos {Syd.Hellos.Count}+{Mel.Hellos.Count}, switches {string.Join("; ", Status.Switches.Select(s => $"{s.To}: {s.Reason}"))}");

    /// <summary>Everything journaled is in both stores, and the journal is empty.</summary>
    public async Task UntilSafeAsync(TimeSpan? limit = null)
    {
        await UntilAsync(() => Journal.Depth == 0, limit);
        Assert.True(Stores.IsWhole("syd", Journal.NextOffset - 1));
        Assert.True(Stores.IsWhole("mel", Journal.NextOffset - 1));
    }

    /// <summary>Stops the gateway; its journal stays.</summary>
    public async Task StopPumpAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.StopAsync();
            host.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopPumpAsync();
        foreach (var link in new[] { SydLink, MelLink }.OfType<LinkProxy>())
        {
            await link.DisposeAsync();
        }

        await Syd.DisposeAsync();
        await Mel.DisposeAsync();
    }
}
