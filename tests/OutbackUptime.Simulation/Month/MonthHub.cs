namespace OutbackUptime.Simulation.Month;

/// <summary>A hub: when it is dead, and when it publishes.</summary>
internal sealed class MonthHub
{
    private const int Day = 86_400;

    public MonthHub(string id, HubKind kind, Random random, int seconds)
    {
        (Id, Kind, Dead) = (id, kind, new Outages(seconds));
        double Between(double low, double high) => low + (random.NextDouble() * (high - low));

        for (var i = 0; i < 5 && kind != HubKind.Missing; i++)
        {
            Dead.Add(random.NextDouble() * seconds, Math.Exp(Between(Math.Log(600), Math.Log(Day * 2))));
        }

        // Restarts, most of them within the minute.
        for (var i = 0; i < seconds / Day; i++)
        {
            Dead.Add(random.NextDouble() * seconds, Between(8, 50));
        }

        if (kind == HubKind.BrownsOut)
        {
            for (var day = 0; day < seconds / Day; day++)
            {
                if (random.Next(3) > 0)
                {
                    Dead.Add((day * Day) + Between(0, 3 * 3_600), Between(1_800, 4 * 3_600));
                }
            }
        }

        if (kind == HubKind.Missing)
        {
            Dead.Add(0, seconds);
        }

        Publish(random, seconds);
    }

    public string Id { get; }

    public HubKind Kind { get; }

    public Outages Dead { get; }

    public TimeSpan Interval => TimeSpan.FromSeconds(Kind == HubKind.Slow ? 300 : 30);

    /// <summary>When it publishes, ascending, in seconds.</summary>
    public List<double> Publishes { get; } = [];

    /// <summary>When its gateway notices that it is gone: not every death is noticed.</summary>
    public List<double> Noticed { get; } = [];

    public static bool IsNight(double second) => second % Day is < 6 * 3_600 or > (20 * 3_600) + 1_000;

    private double Period(double second) => Kind switch
    {
        HubKind.Slow => 300,
        HubKind.SleepsAtNight when IsNight(second) => 600,
        _ => 30,
    };

    private void Publish(Random random, int seconds)
    {
        var at = random.NextDouble() * 30;
        var wasDead = Dead[0];
        while (at < seconds)
        {
            if (Dead[(int)at])
            {
                if (!wasDead && random.Next(10) < 7)
                {
                    Noticed.Add(DiedAt((int)at) + (random.NextDouble() * 4));
                }

                wasDead = true;
                while (at < seconds && Dead[(int)at])
                {
                    at = Math.Floor(at) + 1;
                }

                at += random.NextDouble() * 3; // it publishes as soon as it is up
                continue;
            }

            wasDead = false;
            Publishes.Add(at);
            var jitter = Kind == HubKind.Jittery ? 12 : 1.5;
            var next = at + Period(at) + ((random.NextDouble() - 0.5) * 2 * jitter);
            if (random.Next(400) == 0)
            {
                next += Period(at); // one lost on the radio, however often it tried
            }

            // A restart between two packets sets the rhythm anew.
            var died = FirstDead((int)at, (int)Math.Min(next, seconds));
            at = died ?? next;
        }
    }

    private int? FirstDead(int from, int to)
    {
        for (var second = from; second < to; second++)
        {
            if (Dead[second])
            {
                return second;
            }
        }

        return null;
    }

    private int DiedAt(int second)
    {
        while (Dead[second - 1])
        {
            second--;
        }

        return second;
    }
}
