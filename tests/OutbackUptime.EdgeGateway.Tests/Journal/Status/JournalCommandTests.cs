using System.Globalization;
using Microsoft.Extensions.Configuration;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Status;
using OutbackUptime.EdgeGateway.Tests.Journal.Overflow;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Status;

public sealed class JournalCommandTests
{
    [Fact]
    public async Task Status_BesideARunningGateway_SaysHowLongItLasts()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = 100_000_000 });
        await station.OpenAsync();
        await station.PublishAsync(TimeSpan.FromHours(30), ("bore-01", 60), ("bore-02", 60));
        var each = (double)station.Journal.UsedBytes / station.Journal.Depth;

        var (code, output, _) = Run(station, "status");

        Assert.Equal(0, code);
        Assert.Contains("station napperby", output, StringComparison.Ordinal);
        Assert.Contains("3,600 not safe yet, the oldest 30 hours old", output, StringComparison.Ordinal);
        Assert.Contains("rate       2,880 packets a day", output, StringComparison.Ordinal);
        var days = (long)((90_000_000 - station.Journal.UsedBytes) / (each * 2880));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"can stay dark {days} more days"), output, StringComparison.Ordinal);
        Assert.Equal(days, station.Journal.DarkDaysLeft!.Value, 2d);
        Assert.Contains("0 evicted (one region has them), 0 thinned, 0 damaged", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfANewJournal_SaysThatItCantTellYet()
    {
        await using var station = new DarkStation(new JournalOptions());
        await station.OpenAsync();

        var (code, output, _) = Run(station, "status");

        Assert.Equal(0, code);
        Assert.Contains("can't be told yet", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_WithoutAJournal_SaysWhereItLooked()
    {
        using var folder = new TempFolder();
        using var error = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:DataDirectory", folder.FullPath)]).Build();

        Assert.Equal(1, JournalCommand.Run(["status"], configuration, TimeProvider.System, TextWriter.Null, error));
        Assert.Contains($"There is no journal {folder.File("journal.db")}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, JournalCommand.Run(["drop"], configuration, TimeProvider.System, TextWriter.Null, error));
        Assert.Contains("Usage: journal status", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9, 0.9, "00:00:00")]
    [InlineData(0.9, 0.8, "00:10:00")]
    [InlineData(0.9, 0.8, "-1.00:00:00")]
    public void Rules_RefuseMarksThatCantWork(double high, double low, string age) =>
        Assert.True(new JournalRules().Validate(null, new JournalOptions { HighWater = high, LowWater = low, MaxAge = TimeSpan.Parse(age, CultureInfo.InvariantCulture) }).Failed);

    private static (int Code, string Output, string Error) Run(DarkStation station, params string[] arguments)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Gateway:DataDirectory", Path.GetDirectoryName(station.Path)), new("Journal:MaxBytes", "100000000")]).Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = JournalCommand.Run(arguments, configuration, new WallClock(station.Now), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
