using System.Globalization;
using System.Text.RegularExpressions;
using OutbackUptime.Silo.Tests.Hosting;
using OutbackUptime.Testing;

namespace OutbackUptime.Silo.Tests.Ledger;

[Collection(RegionsCollection.Name)]
public sealed partial class LedgerTests(RegionsFixture fixture) : IAsyncLifetime
{
    private readonly string _cluster = $"c{Guid.NewGuid():N}";
    private SiloProcess _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = new SiloProcess(fixture, _cluster, "syd", fixture.Registry(_cluster, "wave-hill"), new Dictionary<string, string> { ["Ledger__Interval"] = "00:00:01.500" });
        await _silo.WaitReadyAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task AReceipt_WhenTheStoreLosesAPacketAfterIt_IsCountedAsMissing()
    {
        using var gateway = _silo.ConnectAs("wave-hill");
        await gateway.HelloAsync("wave-hill");

        await gateway.SendAsync("bore-71", 1, 2, 3);
        await fixture.QueryAsync("ALTER TABLE syd.readings DELETE WHERE station = 'wave-hill' AND hub = 'bore-71' AND seq = 2 SETTINGS mutations_sync = 1");

        await Eventually.TrueAsync(async () => await CountAsync("checked", "syd") == 3 && await CountAsync("checked", "mel") == 3, TimeSpan.FromSeconds(30), () => _silo.Output);
        Assert.Equal((1, 0), (await CountAsync("missing", "syd"), await CountAsync("missing", "mel")));
        Assert.Contains("is bore-71, boot 1, seq 2", _silo.Output, StringComparison.Ordinal);
    }

    private async Task<double> CountAsync(string what, string region)
    {
        var page = await _silo.Admin.GetStringAsync("/metrics");
        var line = Series().Matches(page).FirstOrDefault(m => m.Groups["what"].Value == what && m.Groups["labels"].Value.Contains($"region=\"{region}\"", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^outback_ledger_(?<what>checked|missing)_total\{(?<labels>[^}]*)\} (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Series();
}
