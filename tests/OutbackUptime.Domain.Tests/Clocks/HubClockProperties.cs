using CsCheck;
using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.Domain.Tests.Clocks;

public sealed class HubClockProperties
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Repair_OfAHubWithAnyWrongClock_IsOffByTheLeastDelayAndDriftAtMost() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var wrong = TimeSpan.FromDays(random.Next(2) == 0 ? random.Next(20_000) - 20_700 : random.Next(1, 20_000)); // 1970 to 2024, or the future
                wrong = Now + wrong >= ClockTriage.Earliest.AddDays(-100) && wrong < TimeSpan.Zero ? TimeSpan.FromDays(-20_700) : wrong;
                var rate = 1 + ((random.NextDouble() - 0.5) * 100e-6); // a quartz of ±50 ppm
                var clock = new HubClock();
                List<(long Seq, DateTimeOffset True, DateTimeOffset Claim)> kept = [];
                var least = TimeSpan.MaxValue;
                for (var seq = 0L; seq < 300; seq++)
                {
                    var at = Now.AddSeconds(30 * seq);
                    kept.Add((seq, at, Now + wrong + ((at - Now) * rate)));
                    if (random.Next(5) == 0)
                    {
                        continue; // no connection: it is kept
                    }

                    // The newest first, then those that were kept, in any order.
                    var sent = at;
                    foreach (var packet in kept.AsEnumerable().Reverse().Take(1).Concat(kept.SkipLast(1).OrderBy(_ => random.Next())))
                    {
                        sent += TimeSpan.FromMilliseconds(1 + (random.NextDouble() * 900));
                        least = TimeSpan.FromTicks(Math.Min(least.Ticks, (sent - packet.True).Ticks));
                        var repaired = clock.Repair(1, packet.Seq, packet.Claim, sent) ?? sent;
                        var slack = TimeSpan.FromSeconds(30 * 300 * 200e-6);
                        Assert.InRange(repaired, packet.True - slack, packet.True + least + slack);
                    }

                    kept.Clear();
                }
            },
            iter: 300);

    [Fact]
    public void Repair_OfAnyClaims_NeverThrowsAndNeverLiesInTheFuture() =>
        Gen.Select(Gen.Long[0, 3], Gen.Long[0, 50], Gen.DateTimeOffset.Nullable(), Gen.DateTimeOffset).Array[1, 60].Sample(
            packets =>
            {
                var clock = new HubClock();
                foreach (var (boot, seq, claim, at) in packets)
                {
                    var receivedAt = at.UtcDateTime.Year is > 1 and < 9999 ? at : Now;
                    if (clock.Repair(boot, seq, claim, receivedAt) is { } repaired)
                    {
                        Assert.InRange(repaired, receivedAt - HubClock.MaxWait, receivedAt);
                    }
                }
            },
            iter: 5_000);

    [Fact]
    public void Repair_OfPlausibleClaims_ChangesNone() =>
        Gen.Select(Gen.Long[0, 3], Gen.Long[0, 50], Gen.Int[0, 200_000_000]).Array[1, 60].Sample(packets =>
        {
            var clock = new HubClock();
            Assert.All(packets, p => Assert.Null(clock.Repair(p.Item1, p.Item2, Now.AddSeconds(-p.Item3), Now)));
        });
}
