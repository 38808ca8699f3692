using CsCheck;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Tests.Uptime;

public sealed class StationUptimeProperties
{
    private const int Hour = 3_600;

    /// <summary>Faults at random; then the same evidence in another order, in part judged in between, some of it twice.</summary>
    [Fact]
    public void Verdicts_DoNotDependOnOrderRepetitionOrWhenTheyWereAskedFor() =>
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[20, 400]).Sample(
            (seed, judgeAfter) =>
            {
                var scene = Random(new Random(seed));
                const double End = (5 * Hour) + 600;
                var plain = scene.AtOnce(End);
                var random = new Random(seed + 1);
                var shuffled = scene.AtOnce(
                    End,
                    count =>
                    {
                        int[] order = [.. Enumerable.Range(0, count), .. Enumerable.Range(0, count / 10)];
                        random.Shuffle(order);
                        return order;
                    },
                    judgeAfter);
                Assert.True(plain.Count > 300);
                Assert.Equal(
                    Decided(plain),
                    Decided(shuffled));
            },
            iter: 60);

    /// <summary>The last minutes may be told already or not yet: that is a matter of when one asked.</summary>
    private static IEnumerable<(string Hub, int Minute, Verdict Verdict, bool Late)> Decided(
        Dictionary<(string Hub, int Minute), (Verdict Verdict, bool Late)> verdicts) =>
        verdicts.Where(v => v.Key.Minute < 300).Select(v => (v.Key.Hub, v.Key.Minute, v.Value.Verdict, v.Value.Late)).Order();

    private static Scene Random(Random random)
    {
        var scene = new Scene().Hub("a").Hub("b", 300).Hub("c", 10);
        double at = 0, boot = -5_000;
        while (at < 5 * Hour)
        {
            double length = random.Next(30, 2_400);
            var to = Math.Min(at + length, 5 * Hour);
            var fault = random.Next(7);
            var committed = fault is 1 or 2 or 3 ? to + random.Next(0, Hour) : 0;
            if (fault != 4)
            {
                scene.Heartbeats(at + 1, to, boot, linkUp: fault is not (1 or 2), committed: committed);
                foreach (var (hub, every) in new[] { ("a", 30.0), ("b", 300), ("c", 10) })
                {
                    if (fault != 5 || random.Next(2) == 0)
                    {
                        scene.Packets(hub, at + (random.NextDouble() * Math.Min(every, length)), to, every, committed);
                    }
                    else if (random.Next(2) == 0)
                    {
                        scene.Gone(hub, at + 2);
                    }
                }
            }
            else
            {
                boot = to;
            }

            if (fault != 2)
            {
                scene.Beats(at, to);
            }

            at = to;
        }

        return scene;
    }
}
