using System.Text;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Silo.Registry;

namespace OutbackUptime.Silo.Tests.Registry;

public sealed class RegistryWaterTests
{
    private const string Good = """
        {"id":"gap-tank","intervalSeconds":300,"type":"tank","place":"Gap tank","tank":{"litres":50000,"head":240,"lowPercent":35}},
        {"id":"gap-pump","intervalSeconds":300,"type":"pump","pump":{"fills":"gap-tank","startPercent":65,"solar":false}},
        {"id":"gap-trough","intervalSeconds":300,"type":"trough","trough":{"fedBy":"gap-tank","levelMetric":"trough_cm"},"battery":{"watched":false}},
        {"id":"north","intervalSeconds":30,"type":"water-point","tank":{"litres":20000},"pump":{},"trough":{}},
        {"id":"mast","intervalSeconds":900,"type":"weather"}
        """;

    [Fact]
    public void Parse_WithWater_KnowsWhatTheRulesNeed()
    {
        var station = Parse(Good, """
            "driveHours":6.5,"timeZone":"Australia/Darwin","digestHour":5,"linkRestMinutes":55,
            "escalation":[{"criticalAfterMinutes":0,"warningAfterMinutes":0,"notify":["jo"]},{"criticalAfterMinutes":30,"notify":["jo","bill"]}],
            """);

        var hubs = station.Hubs.ToDictionary(h => h.Id);
        Assert.Equal((HubKind.Tank, "Gap tank", 50_000d, 240, 35d), (hubs["gap-tank"].Kind, hubs["gap-tank"].Place, hubs["gap-tank"].Tank!.Litres, hubs["gap-tank"].Tank!.Head, hubs["gap-tank"].Tank!.LowPercent));
        Assert.Equal(("gap-tank", 65d, false), (hubs["gap-pump"].Pump!.Fills, hubs["gap-pump"].Pump!.StartPercent, hubs["gap-pump"].Pump!.Solar));
        Assert.Equal(("gap-tank", "trough_cm"), (hubs["gap-trough"].Trough!.FedBy, hubs["gap-trough"].Trough!.LevelMetric));
        Assert.Null(hubs["gap-trough"].Battery);
        Assert.Equal(("north", "north"), (hubs["north"].Pump!.Fills, hubs["north"].Trough!.FedBy));
        Assert.Equal(TimeSpan.FromHours(9.5), station.TimeZone.BaseUtcOffset);
        Assert.Equal((6.5, 5, 55d), (station.DriveTime.TotalHours, station.DigestHour, station.LinkRest.TotalMinutes));
        Assert.Equal([null, TimeSpan.Zero], station.Escalation.Select(s => s.WarningAfter).Order());
    }

    [Fact]
    public void Parse_WithAnOldFile_TakesWhatIsUsual()
    {
        var station = Parse("""{"id":"bore-01","intervalSeconds":30}""", "");

        var hub = Assert.Single(station.Hubs);
        Assert.Equal((HubKind.Generic, "Bore 01"), (hub.Kind, hub.Place));
        Assert.Null(hub.Tank);
        Assert.NotNull(hub.Battery);
        Assert.Equal(TimeSpan.FromHours(9), station.TimeZone.BaseUtcOffset);
        Assert.Same(EscalationStep.Usual, station.Escalation);
    }

    [Theory]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"dam"}""", "", "hubs[0].type: expected one of generic, tank")]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"tank"}""", "", "hubs[0].tank: expected {\"litres\"")]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"tank","tank":{"head":5}}""", "", "hubs[0].tank.litres: expected a number from 100")]
    [InlineData("""{"id":"a","intervalSeconds":30,"tank":{"litres":5000,"head":1.5}}""", "", "hubs[0].tank.head: expected a whole number")]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"trough"}""", "", "hubs[0].trough: expected {\"fedBy\"")]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"trough","trough":{"fedBy":"b"}}""", "", "hubs[0].trough.fedBy: expected the id of a hub of this station that has a tank, found 'b'")]
    [InlineData("""{"id":"a","intervalSeconds":30,"type":"pump","pump":{}}""", "", "hubs[0].pump.fills: expected the id of a hub")]
    [InlineData("""{"id":"a","intervalSeconds":30,"tank":{"litres":5000,"levelMetric":"Level %"}}""", "", "hubs[0].tank.levelMetric: expected a metric's name")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"timeZone\":\"Outback/Nowhere\",", "timeZone: expected an IANA name that this machine knows")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"timeZone\":\"Australia/Darwin\",\"utcOffsetMinutes\":570,", "expected either timeZone or utcOffsetMinutes")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"utcOffsetMinutes\":9000,", "utcOffsetMinutes: expected a number from -840 to 840")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"driveHours\":-1,", "driveHours: expected a number from 0 to 48")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"escalation\":[],", "escalation: expected 1 to 9 steps")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"escalation\":[{\"criticalAfterMinutes\":5,\"notify\":[]}],", "notify: expected at least one contact's name")]
    [InlineData("""{"id":"a","intervalSeconds":30}""", "\"escalation\":[{\"criticalAfterMinutes\":5,\"notify\":[\"a\"]},{\"criticalAfterMinutes\":5,\"notify\":[\"b\"]}],", "expected each step to come later")]
    [InlineData("""{"id":"a","intervalSeconds":30,"colour":"red"}""", "", "colour")]
    public void Parse_WithAFault_SaysWhereAndWhatWasExpected(string hubs, string station, string expected)
    {
        var error = Assert.Throws<RegistryException>(() => Parse(hubs, station));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Station Parse(string hubs, string station) => RegistryFile.Parse("stations.json", Encoding.UTF8.GetBytes(
        $$"""{"regions":["syd","mel"],"stations":[{"id":"napperby","name":"Napperby",{{station}}"latitude":-22.5,"longitude":132.7,"homeRegion":"syd","hubs":[{{hubs}}]}]}""")).Stations.Single();
}
