using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.EdgeGateway.Footprint;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Footprint;

public sealed class MemoryTrimTests
{
    [Fact]
    public void Run_LetsPagesOfAFileGo_WhichSayTheSameWhenTheyAreUsedAgain()
    {
        using var file = new MappedFile(pages: 512);
        file.ReadAll();
        var trim = new MemoryTrim();
        trim.Look();
        Assert.Equal(512, file.PagesInMemory());

        trim.Run();

        Assert.Equal(0, file.PagesInMemory());
        file.ReadAll();
    }

    [Fact]
    public void Run_LeavesWhatWasNotThereAtTheLastLook_ForItMayBeBeingLoaded()
    {
        var trim = new MemoryTrim();
        trim.Look();
        using var file = new MappedFile(pages: 512);
        file.ReadAll();

        trim.Run();
        Assert.Equal(512, file.PagesInMemory());

        trim.Look();
        trim.Run();
        Assert.Equal(0, file.PagesInMemory());
    }

    [Fact]
    public async Task Trimmer_TrimsWhenTheStartIsOver_AndThenFromTimeToTime()
    {
        var time = new FakeTimeProvider();
        using var trimmer = new MemoryTrimmer(time, NullLogger<MemoryTrimmer>.Instance);
        await trimmer.StartAsync(CancellationToken.None);
        Assert.Equal(0, trimmer.Trims);

        Assert.True(await AdvanceUntilAsync(1, MemoryTrimmer.First / 10) >= MemoryTrimmer.First);
        // One step may have been taken for the first trim's after it.
        Assert.True(await AdvanceUntilAsync(2, MemoryTrimmer.Interval / 10) >= MemoryTrimmer.Interval * 0.9);

        await trimmer.StopAsync(CancellationToken.None);

        // The service begins to wait a moment after its start, and after each trim: time that passes before that is none to it.
        async Task<TimeSpan> AdvanceUntilAsync(int trims, TimeSpan step)
        {
            var advanced = TimeSpan.Zero;
            await Eventually.TrueAsync(() =>
            {
                if (trimmer.Trims < trims)
                {
                    time.Advance(step);
                    advanced += step;
                }

                return trimmer.Trims >= trims;
            },
            describe: () => $"{trimmer.Trims} trims, {trimmer.ExecuteTask?.Status} {trimmer.ExecuteTask?.Exception}");
            return advanced;
        }
    }
}
