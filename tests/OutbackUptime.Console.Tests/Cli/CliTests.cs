using System.Text.Json;
using OutbackUptime.Cli;
using OutbackUptime.Console.Tests.Hosting;
using OutbackUptime.Silo.Tests.Hosting;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Console.Tests.Cli;

[Collection(ConsoleCollection.Name)]
public sealed class CliTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task Stations_PrintsATable_AndJson()
    {
        var (exit, table) = await RunAsync("stations");
        var (_, json) = await RunAsync("stations", "--json");

        Assert.Equal(0, exit);
        Assert.Matches("station +home +served by", table);
        Assert.Matches("kidman-springs +syd +syd", table);
        Assert.Contains(JsonDocument.Parse(json).RootElement.EnumerateArray(), s => s.GetProperty("id").GetString() == "kidman-springs");
    }

    [Fact]
    public async Task EachReadingCommand_EndsWell()
    {
        foreach (var command in new[] { "hubs kidman-springs", "uptime", "uptime kidman-springs --by hub", "alerts", "losses", "digest kidman-springs", "quarantine list" })
        {
            var (exit, output) = await RunAsync(command.Split(' '));
            Assert.True(exit == 0 && output.Length > 0, $"{command}: {exit} {output}");
        }
    }

    [Fact]
    public async Task Export_WritesAFileWhoseHashesItHasChecked()
    {
        using var folder = new TempFolder();

        var (exit, output) = await RunAsync("export", "kidman-springs", "--out", folder.File("data.zip"));

        Assert.True(exit == 0, output);
        Assert.Contains("every hash is as the manifest says", output, StringComparison.Ordinal);
        Assert.True(ExportCheck.OfZip(folder.File("data.zip")).Packets >= 40);
    }

    [Fact]
    public async Task Quarantine_ShowsAnEntry()
    {
        var (exit, output) = await RunAsync("quarantine", "show", "kidman-springs", $"{fixture.Epoch}/41");

        Assert.True(exit == 0, output);
        Assert.Contains("metric-not-finite", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No station 'nowhere'", "hubs", "nowhere")]
    [InlineData("No open alert", "alerts", "ack", "kidman-springs", "none")]
    [InlineData("is no entry; expected EPOCH/OFFSET", "quarantine", "show", "kidman-springs", "what")]
    [InlineData("is in the registry", "delete", "kidman-springs", "--confirm", "kidman-springs")]
    public async Task AFault_IsOneClearLineAndExit1(string expected, params string[] arguments)
    {
        var (exit, output) = await RunAsync(arguments);

        Assert.Equal(1, exit);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAToken_ItSaysWhereOneGoes()
    {
        await using var process = ChildProcess.Start("dotnet", [Program, "stations", "--url", fixture.Silo.AdminUrl.ToString()], new Dictionary<string, string> { ["OUTBACK_TOKEN"] = "" });

        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("OUTBACK_TOKEN", process.Output, StringComparison.Ordinal);
    }

    private static string Program => ChildProcess.ProjectAssembly("OutbackUptime.Cli").Replace("OutbackUptime.Cli.dll", "outback.dll", StringComparison.Ordinal);

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        await using var process = ChildProcess.Start("dotnet", [Program, .. arguments], new Dictionary<string, string>
        {
            ["OUTBACK_URL"] = fixture.Silo.AdminUrl.ToString(),
            ["OUTBACK_TOKEN"] = SiloProcess.OperatorToken,
        });
        return (await process.WaitForExitAsync(TimeSpan.FromSeconds(60)), process.Output);
    }
}
