using System.IO.Compression;
using System.Text.Json;
using OutbackUptime.Cli;
using OutbackUptime.Console.Tests.Hosting;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Console.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class ExportTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task Export_HoldsEveryRowInBothFormats_AndItsHashesAreRight()
    {
        using var folder = new TempFolder();
        var path = folder.File("export.zip");
        try
        {
            await using var file = File.Create(path);
            await using var answer = await fixture.Operator.GetStreamAsync($"/api/v1/stations/{ConsoleFixture.Station}/export");
            await answer.CopyToAsync(file);
        }
        catch (IOException e)
        {
            Assert.Fail($"{e.Message}\n{fixture.Silo.Output}");
        }

        var check = ExportCheck.OfZip(path);
        Assert.Equal(await fixture.CountAsync("syd", "packets", $"station = '{ConsoleFixture.Station}'"), check.Packets);
        using var zip = ZipFile.OpenRead(path);
        foreach (var parquet in zip.Entries.Where(e => e.Name.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            Assert.Equal("PAR1", await HeadAsync(parquet));
        }

        using var ledger = JsonDocument.Parse(zip.GetEntry("ledger.json")!.Open());
        Assert.True(ledger.RootElement.GetProperty("rowsByRegion").GetProperty("mel").GetProperty("readings").GetInt64() >= 40);
        Assert.Equal(3, ledger.RootElement.GetProperty("quarantine").GetArrayLength());
        Assert.Contains(ledger.RootElement.GetProperty("ranges").EnumerateArray(), r => r.GetProperty("hub").GetString() == "bore-01" && r.GetProperty("firstSeq").GetInt64() == 1);
        var csv = new StreamReader(zip.Entries.First(e => e.Name.StartsWith("packets-", StringComparison.Ordinal) && e.Name.EndsWith(".csv", StringComparison.Ordinal)).Open());
        Assert.StartsWith("\"station\",\"hub\",\"boot\",\"seq\"", await csv.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WhenAFileWasChanged_NamesIt()
    {
        using var folder = new TempFolder();
        var path = folder.File("export.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Write(zip, "packets.csv", "a,b\n1,2\n");
            Write(zip, "manifest.json", """{"files":[{"name":"packets.csv","bytes":8,"sha256":"00","rows":1}]}""");
        }

        var error = Assert.Throws<CliException>(() => ExportCheck.OfZip(path));

        Assert.Contains("packets.csv is not what the manifest says", error.Message, StringComparison.Ordinal);
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private static async Task<string> HeadAsync(ZipArchiveEntry entry)
    {
        await using var stream = entry.Open();
        var head = new byte[4];
        await stream.ReadExactlyAsync(head);
        return System.Text.Encoding.ASCII.GetString(head);
    }
}
