using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Regions that come and go by chance, with seeds. A class of its own, so that it runs beside the others.</summary>
[Trait("Suite", "Slow")]
public sealed class AnyScheduleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnySchedule_LosesNothingUnnamed(int seed)
    {
        var random = new Random(seed);
        await using var station = new DarkStation(new JournalOptions { MaxBytes = 300_000 }, seed);
        await station.OpenAsync();
        for (var step = 0; step < 50; step++)
        {
            switch (random.Next(8))
            {
                case 0:
                    await station.DrainAsync("syd", random.Next(2000));
                    break;
                case 1:
                    await station.DrainAsync("mel", random.Next(2000));
                    break;
                case 2 when random.Next(3) == 0:
                    await station.ReopenAsync();
                    break;
                default:
                    await station.PublishAsync(OverflowTests.Hour * random.NextDouble(), OverflowTests.Hubs);
                    break;
            }

            await station.SettleAsync();
            OverflowTests.AssertEverythingIsNamed(station, drained: false);
        }

        await OverflowTests.DrainedAsync(station);
        OverflowTests.AssertEverythingIsNamed(station, drained: true);
    }
}
