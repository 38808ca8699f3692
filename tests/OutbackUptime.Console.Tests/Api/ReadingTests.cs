using System.Net;
using System.Text.Json;
using OutbackUptime.Console.Tests.Hosting;
using OutbackUptime.Testing;

namespace OutbackUptime.Console.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class ReadingTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task Overview_NamesOwnerStoresAndTheWatermark()
    {
        var overview = await fixture.GetAsync("overview");

        var station = overview.GetProperty("stations").EnumerateArray().Single(s => s.GetProperty("id").GetString() == ConsoleFixture.Station);
        Assert.Equal("syd", station.GetProperty("owner").GetString());
        Assert.Equal("syd-1", station.GetProperty("ownerSilo").GetString());
        Assert.Equal(["syd", "mel"], overview.GetProperty("regions").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.True(overview.GetProperty("regions")[1].GetProperty("store").GetProperty("available").GetBoolean());
        Assert.Equal("", overview.GetProperty("safeNote").GetString());
        var safe = station.GetProperty("safeUpTo").GetDateTimeOffset();
        Assert.InRange(safe, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddSeconds(2));
    }

    [Fact]
    public async Task Watermark_WhenOneStoreLacksAPacket_StaysBeforeIt()
    {
        // A packet that only Sydney has, as after an outage of Melbourne's store.
        var lacking = TimeProvider.System.GetUtcNow().AddSeconds(-20);
        await fixture.Regions.QueryAsync($"INSERT INTO syd.readings (station, hub, boot, seq, received_at, event_time) SELECT '{ConsoleFixture.Station}', 'bore-01', 7, 1, t, t FROM (SELECT fromUnixTimestamp64Milli({lacking.ToUnixTimeMilliseconds()}) AS t)");
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                var safe = (await StationAsync()).GetProperty("safeUpTo").GetDateTimeOffset();
                return safe <= lacking && safe > lacking.AddSeconds(-2);
            });
        }
        finally
        {
            await fixture.Regions.QueryAsync("ALTER TABLE syd.readings DELETE WHERE boot = 7 SETTINGS mutations_sync = 2");
        }

        await Eventually.TrueAsync(async () => (await StationAsync()).GetProperty("safeUpTo").GetDateTimeOffset() > lacking);
    }

    [Fact]
    public async Task Hubs_GiveTheLatestPacket()
    {
        var hubs = await fixture.GetAsync($"stations/{ConsoleFixture.Station}/hubs");

        var hub = hubs.GetProperty("items").EnumerateArray().Single(h => h.GetProperty("id").GetString() == "bore-01");
        Assert.Equal(30, hub.GetProperty("intervalSeconds").GetDouble());
        Assert.True(hub.GetProperty("latest").GetProperty("metrics").TryGetProperty("tank_level_pct", out _));
    }

    [Fact]
    public async Task HeatMap_HasACellAMinute()
    {
        JsonElement map = default;
        await Eventually.TrueAsync(async () =>
        {
            map = await fixture.GetAsync($"stations/{ConsoleFixture.Station}/heatmap?metric=battery_v");
            return map.GetProperty("hubs").GetArrayLength() == 1 && map.GetProperty("hubs")[0].GetProperty("values").EnumerateArray().Count(v => v.ValueKind == JsonValueKind.Number) >= 38;
        });

        Assert.Equal(1, map.GetProperty("step").GetInt32());
        Assert.All(map.GetProperty("hubs")[0].GetProperty("values").EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Number), v => Assert.Equal(12.5, v.GetDouble()));
    }

    [Fact]
    public async Task UptimeAndRibbons_AreThoseOfTheStore()
    {
        await fixture.Regions.QueryAsync(
            """
            INSERT INTO syd.uptime SELECT 'kidman-springs', 'bore-09', toDateTime('2026-01-01 00:00:00', 'UTC') + number * 60,
                   multiIf(number < 90, 'up', number < 96, 'link-down', number < 98, 'hub-down', 'unknown'), number >= 90 AND number < 96, now64(6), 1 FROM numbers(100)
            """);
        const string Range = "from=2026-01-01T00:00:00Z&to=2026-01-01T02:00:00Z";

        var row = (await fixture.GetAsync($"stations/kidman-springs/uptime?{Range}")).GetProperty("rows").EnumerateArray().Single();
        var ribbon = (await fixture.GetAsync($"stations/kidman-springs/ribbons?{Range}")).GetProperty("hubs").EnumerateArray().Single();

        Assert.Equal(Math.Round(100.0 * 90 / 98, 3), row.GetProperty("uptimePercent").GetDouble());
        Assert.Equal(6, row.GetProperty("lateMinutes").GetInt64());
        Assert.Equal([("up", 90), ("link-down", 6), ("hub-down", 2), ("unknown", 2)], ribbon.GetProperty("runs").EnumerateArray().Select(r => (r.GetProperty("verdict").GetString(), r.GetProperty("minutes").GetInt32())));
        await fixture.Regions.QueryAsync("ALTER TABLE syd.uptime DELETE WHERE hub = 'bore-09' SETTINGS mutations_sync = 2");
    }

    [Theory]
    [InlineData("stations/kidman-springs/heatmap?metric=battery_v&from=2020-01-01T00:00:00Z", "at most")]
    [InlineData("stations/kidman-springs/heatmap?metric=", "metric")]
    [InlineData("stations?limit=501", "limit")]
    [InlineData("quarantine?offset=-1", "offset")]
    [InlineData("stations/Not%20A%20Name/hubs", "expected 1 to 64")]
    [InlineData("alerts?state=loud", "expected one of")]
    [InlineData("uptime?by=moon", "expected one of")]
    public async Task BadInput_IsA400ThatSaysWhatIsExpected(string path, string expected)
    {
        using var answer = await fixture.Operator.GetAsync($"/api/v1/{path}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stations/nowhere")]
    [InlineData("stations/nowhere/hubs")]
    [InlineData("nothing-is-here")]
    public async Task WhatIsNotThere_IsA404AsAProblem(string path)
    {
        using var answer = await fixture.Operator.GetAsync($"/api/v1/{path}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("uptime")]
    [InlineData("alerts")]
    [InlineData("losses")]
    [InlineData("quarantine")]
    [InlineData("quarantine/reasons")]
    [InlineData("drills")]
    [InlineData("deletions")]
    [InlineData("stations/kidman-springs")]
    [InlineData("stations/kidman-springs/metrics")]
    [InlineData("stations/kidman-springs/digest")]
    [InlineData("stations/old-place/ribbons")]
    public async Task EachRead_Answers(string path) => Assert.NotEqual(JsonValueKind.Undefined, (await fixture.GetAsync(path)).ValueKind);

    [Fact]
    public async Task OpenApi_DescribesEveryPath()
    {
        using var document = JsonDocument.Parse(await fixture.Operator.GetStringAsync("/openapi/v1.json"));

        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet();
        Assert.All(
            MappedEndpoints.All().Where(e => e.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(e => e.Path.Split('/').Length).Distinct(),
            length => Assert.Contains(paths, p => p.Split('/').Length == length));
        Assert.Contains("/api/v1/stations/{station}/export", paths);
    }

    [Fact]
    public async Task Live_BeginsWithAnOverview()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(await fixture.Operator.GetStreamAsync("/api/v1/live", limit.Token));

        Assert.Equal("event: overview", await reader.ReadLineAsync(limit.Token));
        Assert.StartsWith("data: {\"at\":", await reader.ReadLineAsync(limit.Token), StringComparison.Ordinal);
    }

    private async Task<JsonElement> StationAsync() => await fixture.GetAsync($"stations/{ConsoleFixture.Station}");
}
