using OutbackUptime.Console.Tests.Hosting;
using OutbackUptime.Silo.Tests.Hosting;

namespace OutbackUptime.Console.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class ReplayTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task Replay_OfWhatIsAPacketNow_WritesItOnceInBothStoresWithItsOwnTimeAndPlace()
    {
        var path = Path(43);

        var (first, result) = await fixture.PostAsync(path, new { note = "the parser knows it now" });
        var (second, again) = await fixture.PostAsync(path, new { note = "another note" });

        Assert.Equal(200, first);
        Assert.Equal(200, second);
        Assert.Equal("replayed", result.GetProperty("status").GetString());
        Assert.Equal("already", again.GetProperty("status").GetString());
        Assert.Equal("the parser knows it now", again.GetProperty("replay").GetProperty("note").GetString());
        foreach (var region in new[] { "syd", "mel" })
        {
            Assert.Equal(1, await fixture.CountAsync(region, "packets", $"hub = 'bore-01' AND boot = 1 AND seq = 901 AND journal_offset = 43 AND journal_epoch = '{fixture.Epoch}'"));
            Assert.Equal(1, await fixture.CountAsync(region, "replays FINAL", $"journal_offset = 43 AND replayed_by = 'operator (token)' AND NOT corrected AND station = '{ConsoleFixture.Station}'"));
            Assert.Equal("1", await fixture.Regions.QueryAsync(
                $"SELECT count() FROM {region}.packets AS p INNER JOIN {region}.quarantined AS q ON p.journal_epoch = q.journal_epoch AND p.journal_offset = q.journal_offset WHERE p.seq = 901 AND p.received_at = q.received_at AND p.station = '{ConsoleFixture.Station}'"));
        }

        var entry = await fixture.GetAsync(path[..^"/replay".Length]);
        Assert.Equal(901, entry.GetProperty("replayed").GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Replay_OfWhatIsStillNoPacket_SaysSo_AndTakesACorrectedOne()
    {
        var path = Path(42);

        var (refused, problem) = await fixture.PostAsync(path, new { });
        var (written, result) = await fixture.PostAsync(path, new { payload = """{"seq":902,"metrics":{"tank_level_pct":71.5}}""", note = "seq read off the hub's display" });

        Assert.Equal(400, refused);
        Assert.Contains("seq-missing", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, written);
        // The boot that the hub was in.
        Assert.Equal(1, result.GetProperty("replay").GetProperty("boot").GetInt64());
        Assert.True(result.GetProperty("replay").GetProperty("corrected").GetBoolean());
        Assert.Equal(1, await fixture.CountAsync("mel", "packets", "seq = 902"));
    }

    [Fact]
    public async Task Replay_UnderAKeyThatAnotherPayloadHolds_IsRefused()
    {
        var (status, problem) = await fixture.PostAsync(Path(41), new { payload = """{"seq":5,"boot":1,"metrics":{"tank_level_pct":1}}""" });

        Assert.Equal(409, status);
        Assert.Contains("never overwritten", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await fixture.CountAsync("syd", "packets", $"station = '{ConsoleFixture.Station}' AND seq = 5 AND metrics['tank_level_pct'] = 55"));
        Assert.Equal(1, await fixture.CountAsync("syd", "quarantined", $"journal_offset = 41 AND reason_code = 'metric-not-finite' AND station = '{ConsoleFixture.Station}'"));
    }

    private string Path(long offset) => $"stations/{ConsoleFixture.Station}/quarantine/{fixture.Epoch}/{offset}/replay";
}
