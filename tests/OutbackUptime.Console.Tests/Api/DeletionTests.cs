using OutbackUptime.Console.Tests.Hosting;

namespace OutbackUptime.Console.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class DeletionTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task Deletion_OfAStationInTheRegistry_IsRefused()
    {
        var (status, problem) = await fixture.PostAsync($"stations/{ConsoleFixture.Station}/deletions", null);

        Assert.Equal(409, status);
        Assert.Contains("registry", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_NeedsTheConfirmationOfItsPlan_DeletesFromBothStores_AndProvesIt()
    {
        var (planned, plan) = await fixture.PostAsync($"stations/{ConsoleFixture.Gone}/deletions", null);
        Assert.Equal(200, planned);
        var (forged, _) = await fixture.PostAsync($"stations/{ConsoleFixture.Gone}/deletions/confirm", new { confirmation = "made-up", station = ConsoleFixture.Gone });
        var (untyped, _) = await fixture.PostAsync($"stations/{ConsoleFixture.Gone}/deletions/confirm", new { confirmation = plan.GetProperty("confirmation").GetString(), station = "other" });
        Assert.Equal((400, 400), (forged, untyped));
        Assert.True(await fixture.CountAsync("mel", "readings", $"station = '{ConsoleFixture.Gone}'") >= 25);
        var others = await fixture.CountAsync("mel", "readings", $"station = '{ConsoleFixture.Station}'");

        var (status, receipt) = await fixture.PostAsync($"stations/{ConsoleFixture.Gone}/deletions/confirm", new { confirmation = plan.GetProperty("confirmation").GetString(), station = ConsoleFixture.Gone });

        Assert.True(status == 200, receipt.ToString());
        Assert.Equal(plan.GetProperty("manifestSha256").GetString(), receipt.GetProperty("manifestSha256").GetString());
        Assert.True(receipt.GetProperty("deletedRows").GetProperty("syd").GetProperty("readings").GetInt64() >= 25);
        foreach (var region in new[] { "syd", "mel" })
        {
            Assert.Equal(0, receipt.GetProperty("remainingRows").GetProperty(region).GetInt64());
            foreach (var table in new[] { "readings", "readings_minute", "quarantine", "uptime", "alerts" })
            {
                Assert.Equal(0, await fixture.CountAsync(region, table, $"station = '{ConsoleFixture.Gone}'"));
            }

            Assert.Equal(1, await fixture.CountAsync(region, "deletions", $"receipt_id = '{receipt.GetProperty("receiptId").GetString()}'"));
        }

        Assert.Equal(others, await fixture.CountAsync("mel", "readings", $"station = '{ConsoleFixture.Station}'"));
        Assert.Contains((await fixture.GetAsync("deletions")).GetProperty("items").EnumerateArray(), d => d.GetProperty("receiptId").GetString() == receipt.GetProperty("receiptId").GetString());
    }
}
