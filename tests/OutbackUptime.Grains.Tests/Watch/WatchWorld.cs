using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Stations.Water;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Grains.Tests.Watch;

/// <summary>
/// A station with a tank and a trough, two stores, and a watcher per region, in compressed time: a step is 30 s. Packets go into the
/// stores that are up, and to the watcher that is on duty.
/// </summary>
internal sealed class WatchWorld : IStationRegistrySource
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly string[] s_hubs = ["tank-1", "trough-1"];
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, RegionBeats> _beats = new() { ["syd"] = new(), ["mel"] = new() };
    private readonly List<SeenPacket> _backlog = [];
    private double _uptime = 100_000;

    public WatchWorld()
    {
        Current = new StationRegistry(["syd", "mel"], [new Station("napperby", "Napperby", -22.5, 132.8, "syd",
        [
            new Hub("tank-1", Step) { Kind = HubKind.Tank, Tank = new TankPart(50_000, 200) },
            new Hub("trough-1", Step),
        ])]);
        OnDuty = Watcher("syd");
    }

    public StationRegistry Current { get; }

    public MemoryWatchStore Syd { get; } = new("syd");

    public MemoryWatchStore Mel { get; } = new("mel");

    public List<Notice> Phone { get; } = [];

    /// <summary>The same messages, with their keys.</summary>
    public List<NoticeRow> Sent { get; } = [];

    public StationWatcher OnDuty { get; private set; }

    public DateTimeOffset Now => _time.GetUtcNow();

    public double TankPercent { get; set; } = 90;

    public HashSet<string> SilentHubs { get; } = [];

    /// <summary>False: silos die after they have committed and before they could tell the watch.</summary>
    public bool HandsOver { get; set; } = true;

    public bool LinkIsUp { get; set; } = true;

    /// <summary>A new watcher in a region takes over, as an activation does; the one before is gone with its memory.</summary>
    public void TakeOver(string region) => OnDuty = Watcher(region);

    public async Task RunAsync(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            await StepAsync();
        }
    }

    private StationWatcher Watcher(string region)
    {
        MemoryWatchStore[] stores = region == "syd" ? [Syd, Mel] : [Mel, Syd];
        return new("napperby", new WatchServices(stores, _beats[region], new WatchOptions(), _time), this, new LedgeredSender(stores, Phone, Sent, _time));
    }

    private async Task StepAsync()
    {
        // Beats every 5 s, then the packets of this half minute, then a round.
        for (var i = 0; i < 6; i++)
        {
            _time.Advance(Step / 6);
            foreach (var (region, store) in new[] { ("syd", Syd), ("mel", Mel) })
            {
                if (store.IsAvailable)
                {
                    Syd.Beats.Add((region, Now));
                    Mel.Beats.Add((region, Now));
                    _beats.Values.ToList().ForEach(b => b.Add(region, Now));
                }
            }
        }

        _uptime += Step.TotalSeconds;
        List<SeenPacket> sent = [.. s_hubs.Where(h => !SilentHubs.Contains(h)).Select(h => Packet(h, h == "tank-1" ? [("tank_level_pct", TankPercent), ("temperature_c", 30), ("battery_v", 13.1)] : [("battery_v", 13.1)]))];
        sent.Add(Packet("gateway", [("gateway_uptime_s", _uptime), ("link_up", LinkIsUp ? 1 : 0)]));
        _backlog.AddRange(sent);
        if (LinkIsUp && (Syd.IsAvailable || Mel.IsAvailable))
        {
            var now = Now;
            SeenPacket[] arrived = [.. _backlog.Select(p => new SeenPacket { Hub = p.Hub, ReceivedAt = p.ReceivedAt, CommittedAt = now, EventTime = p.EventTime, MetricNames = p.MetricNames, MetricValues = p.MetricValues })];
            _backlog.Clear();
            foreach (var store in new[] { Syd, Mel }.Where(s => s.IsAvailable))
            {
                store.Packets.AddRange(arrived.Select(p => ("napperby", p)));
            }

            if (HandsOver)
            {
                OnDuty.OnSeen(arrived);
            }
        }

        try
        {
            await OnDuty.RoundAsync(default);
        }
        catch (IOException)
        {
            // A store that went down in the middle of it: the next round goes on.
        }
    }

    private SeenPacket Packet(string hub, (string Name, double Value)[] metrics) => new()
    {
        Hub = hub,
        ReceivedAt = Now,
        CommittedAt = Now,
        EventTime = Now,
        MetricNames = [.. metrics.Select(m => m.Name)],
        MetricValues = [.. metrics.Select(m => m.Value)],
    };
}
