using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Stations.Water;

namespace OutbackUptime.Domain.Tests.Alerts;

/// <summary>A station of one bore whose values the test says. Its local time is UTC+9:30.</summary>
internal sealed class TestWater
{
    public static readonly Station Station = new("napperby", "Napperby", -22.5, 132.7, "syd",
    [
        new Hub("ten-mile", TimeSpan.FromMinutes(5))
        {
            Kind = HubKind.WaterPoint, Place = "Ten Mile", Tank = new TankPart(50_000, 240), Trough = new TroughPart("ten-mile"), Pump = new PumpPart("ten-mile"),
        },
        new Hub("gap", TimeSpan.FromMinutes(1)),
    ])
    {
        DriveTime = TimeSpan.FromHours(3),
        TimeZone = StationTime.OfOffset(TimeSpan.FromHours(9.5)),
    };

    public TestWater(AlertBook? book = null) => Book = book ?? new AlertBook(Station);

    public AlertBook Book { get; set; }

    /// <summary>The clock; starts at local midnight.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 9, 14, 30, 0, TimeSpan.Zero);

    public List<AlertTransition> Seen { get; } = [];

    public double Level { get; set; } = 80;

    public double Flow { get; set; } = 12;

    public double Amps { get; set; }

    public double Volts { get; set; } = 12.8;

    public static List<Metric> Metrics(double level, double flow, double amps, double volts) =>
        [new("tank_level_pct", level), new("trough_flow_lpm", flow), new("pump_current_a", amps), new("battery_v", volts)];

    /// <summary>Runs for a while, a packet each 5 minutes; the level moves by so much an hour.</summary>
    public TestWater Run(double hours, double levelPerHour = 0, bool send = true)
    {
        for (var i = 0; i < hours * 12; i++)
        {
            Now += TimeSpan.FromMinutes(5);
            Level += levelPerHour / 12;
            if (send)
            {
                Book.OnPacket("ten-mile", Now, Metrics(Level, i % 3 == 0 ? 0 : Flow, Amps, Volts));
            }

            Seen.AddRange(Book.Evaluate(Now + TimeSpan.FromMinutes(1)));
        }

        return this;
    }

    public IEnumerable<AlertTransition> Of(string rule) => Seen.Where(c => c.Alert.Rule == rule);

    public IEnumerable<AlertTransitionKind> KindsOf(string rule) => Of(rule).Select(c => c.Kind);
}
