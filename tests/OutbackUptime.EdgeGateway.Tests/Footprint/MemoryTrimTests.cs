using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.EdgeGateway.Footprint;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Footprint;

public sealed class MemoryTrimTests
{
    [Fact]
    public void Run_LetsPagesOfFilesGo_AndTheProgramGoesOn()
    {
        var before = FileKilobytes();

        MemoryTrim.Run();

        // A test host has 100 MB and more of libraries, of which few pages come back at once.
        var after = FileKilobytes();
        Assert.True(after < before * 3 / 4, $"{before} kB of files before, {after} kB after");
        Assert.Equal("1.5", Convert.ToString(1.5, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Trimmer_TrimsWhenTheStartIsOver_AndThenFromTimeToTime()
    {
        var time = new FakeTimeProvider();
        using var trimmer = new MemoryTrimmer(time, NullLogger<MemoryTrimmer>.Instance);
        await trimmer.StartAsync(CancellationToken.None);
        Assert.Equal(0, trimmer.Trims);

        time.Advance(MemoryTrimmer.First);
        await Eventually.TrueAsync(() => trimmer.Trims == 1);
        await Eventually.TrueAsync(() =>
        {
            // The next wait begins a moment after the trim.
            time.Advance(MemoryTrimmer.Interval / 10);
            return trimmer.Trims == 2;
        });

        await trimmer.StopAsync(CancellationToken.None);
    }

    private static long FileKilobytes() => File.ReadLines("/proc/self/status")
        .Where(l => l.StartsWith("RssFile:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();
}
