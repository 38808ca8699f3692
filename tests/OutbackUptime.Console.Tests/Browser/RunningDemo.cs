using System.Text.Json;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Console.Tests.Browser;

/// <summary>The whole demo as real processes; one hub is the test's own, so that it can fall silent.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    /// <summary>Station of the hub that falls silent; at home in Melbourne.</summary>
    public const string QuietStation = "coolibah";

    /// <summary>The hub.</summary>
    public const string QuietHub = "bore-03";

    /// <summary>Station of the hub whose tank is dry; at home in Sydney.</summary>
    public const string DryStation = "mulga-downs";

    /// <summary>That hub.</summary>
    public const string DryHub = "bore-04";

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _quiet = new();
    private readonly CancellationTokenSource _end = new();
    private Task _hub = Task.CompletedTask;
    private RecordFile? _record;
    private GatewayTarget _dryGateway = null!;

    public DemoSystem System { get; private set; } = null!;

    public DrillRun Drill { get; private set; } = null!;

    /// <summary>Starts all; alerts for the manager go to <paramref name="webhook"/>.</summary>
    public static async Task<RunningDemo> StartAsync(string webhook, string webhookSecret)
    {
        // The silos have them from this process, as they would from a unit file.
        Environment.SetEnvironmentVariable("Alerting__Contacts__manager__Webhook", webhook);
        Environment.SetEnvironmentVariable("Alerting__Webhook__Secret", webhookSecret);
        // Rules look at closed slots: usually every five minutes.
        Environment.SetEnvironmentVariable("Watch__AlertSlot", "00:00:30");
        var demo = new RunningDemo();
        // Reports of drills that were run before, if any: the page shows them.
        var reports = Environment.GetEnvironmentVariable("OUTBACK_DRILL_REPORTS");
        var options = new DemoOptions { Stations = 3, Hubs = 6, Data = demo._folder.File("data"), Reports = reports, Seed = 7 };
        demo.System = new DemoSystem(options, RegionNetwork.Loopback, SystemNeeds.Usual, await Azurite.FetchAsync(CancellationToken.None), TimeProvider.System);
        demo.Drill = new DrillRun(demo.System, new Timeline(TextWriter.Null, TimeProvider.System), TimeProvider.System, demo._end.Token);
        var path = demo.System.Folder.File("gateways.json");
        var all = GatewayTarget.ReadFile(path);
        var station = all.Single(g => g.Station == QuietStation);
        demo._dryGateway = all.Single(g => g.Station == DryStation);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(
            all.Select(g => g with { Hubs = [.. g.Hubs.Where(h => (g.Station, h.Id) is not ((QuietStation, QuietHub) or (DryStation, DryHub)))] }), JsonSerializerOptions.Web));
        await demo.System.StartAsync(CancellationToken.None);
        await demo.System.HubProcess.StartAsync();
        demo._record = new RecordFile(demo._folder.File("quiet.tsv"), TimeProvider.System);
        demo._hub = new HubFleet([station with { Hubs = [.. station.Hubs.Where(h => h.Id == QuietHub)] }], new HubFleetOptions(), demo._record, TimeProvider.System).RunAsync(demo._quiet.Token);
        return demo;
    }

    /// <summary>The hub dies; its gateway and link are well.</summary>
    public async Task SilenceAsync()
    {
        await _quiet.CancelAsync();
        await _hub;
    }

    /// <summary>A tank is dry, and its hub tells so.</summary>
    public Task TellDryTankAsync() => DryTank.PublishAsync(_dryGateway, _dryGateway.Hubs.Single(h => h.Id == DryHub), TimeProvider.System, _end.Token);

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("Alerting__Contacts__manager__Webhook", null);
        Environment.SetEnvironmentVariable("Alerting__Webhook__Secret", null);
        Environment.SetEnvironmentVariable("Watch__AlertSlot", null);
        await _quiet.CancelAsync();
        await _hub;
        await _end.CancelAsync();
        await System.StopAsync();
        await System.DisposeAsync();
        if (_record is not null)
        {
            await _record.DisposeAsync();
        }

        _quiet.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }
}
