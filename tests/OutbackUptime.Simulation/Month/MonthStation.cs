namespace OutbackUptime.Simulation.Month;

/// <summary>A station: its gateway's power, its link, its hubs.</summary>
internal sealed class MonthStation
{
    private const int Day = 86_400;

    public MonthStation(Random random, int seconds, IEnumerable<HubKind> kinds)
    {
        (Gateway, Link) = (new(seconds), new(seconds));
        Hubs = [.. kinds.Select((kind, i) => new MonthHub($"hub-{i}", kind, new Random(random.Next()), seconds))];
        BreakLink(random, seconds);
        BreakGateway(random, seconds);
    }

    public Outages Gateway { get; }

    public Outages Link { get; }

    public IReadOnlyList<MonthHub> Hubs { get; }

    private void BreakLink(Random random, int seconds)
    {
        double At() => random.NextDouble() * (seconds - Day);
        double Between(double low, double high) => low + (random.NextDouble() * (high - low));

        for (var i = 0; i < 25; i++)
        {
            Link.Add(At(), Math.Exp(Between(Math.Log(20), Math.Log(1_800))));
        }

        for (var i = 0; i < 4; i++)
        {
            Link.Add(At(), Between(3_600, 12 * 3_600));
        }

        // Days, longer than the judge keeps evidence; now and then it comes back for 5 s.
        var from = Between(3 * Day, seconds - (8 * Day));
        Link.Add(from, Between(2.5 * Day, 4 * Day));
        for (var i = 0; i < 20; i++)
        {
            var at = from + Between(3_600, 2 * Day);
            if (Link[(int)at])
            {
                Link.Lift(at, 5);
            }
        }

        // A satellite link that is on for 10 minutes an hour, for a day.
        from = At();
        for (var hour = 0; hour < 24; hour++)
        {
            Link.Add(from + (hour * 3_600) + 600, 3_000);
        }

        // Flapping for hours.
        from = At();
        for (double at = from; at < from + (3 * 3_600);)
        {
            var down = Between(20, 240);
            Link.Add(at, down);
            at += down + Between(5, 180);
        }
    }

    private void BreakGateway(Random random, int seconds)
    {
        double At() => random.NextDouble() * (seconds - Day);
        double Between(double low, double high) => low + (random.NextDouble() * (high - low));

        for (var i = 0; i < 8; i++)
        {
            Gateway.Add(At(), Math.Exp(Between(Math.Log(60), Math.Log(8 * 3_600))));
        }

        // Brown-outs at dawn: a few minutes on, some off.
        var dawn = (random.Next(seconds / Day) * Day) + (5 * 3_600);
        for (var i = 0; i < 5; i++)
        {
            Gateway.Add(dawn + (i * 1_200), Between(300, 900));
        }

        // It restarts while the link is down.
        for (int second = 0, restarts = 0; second < seconds && restarts < 4; second += 977)
        {
            if (Link[second] && random.Next(20) == 0)
            {
                Gateway.Add(second, Between(30, 1_800));
                restarts++;
            }
        }
    }
}
