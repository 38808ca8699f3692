namespace OutbackUptime.Simulation.Month;

/// <summary>What all stations share: two regions with a store each, and our software.</summary>
internal sealed class SharedFaults
{
    public SharedFaults(Random random, int seconds)
    {
        (Sydney, Melbourne, Stores, Wedged) = (new(seconds), new(seconds), new(seconds), new(seconds));
        double At() => random.NextDouble() * (seconds - 86_400);
        double Between(double low, double high) => low + (random.NextDouble() * (high - low));

        for (var i = 0; i < 8; i++)
        {
            (random.Next(2) == 0 ? Sydney : Melbourne).Add(At(), Between(300, 5_400));
        }

        for (var i = 0; i < 8; i++)
        {
            var (at, length) = (At(), Between(180, 5_400));
            Sydney.Add(at, length);
            Melbourne.Add(at + Between(-60, 60), length + Between(-60, 120));
        }

        for (var i = 0; i < 3; i++)
        {
            Stores.Add(At(), Between(240, 2_400));
        }

        for (var i = 0; i < 8; i++)
        {
            Wedged.Add(At(), Between(180, 3_600));
        }

        SecondsOfTakeover = new Outages(seconds);
        for (var second = 1; second < seconds; second++)
        {
            if (Sydney[second] && !Sydney[second - 1])
            {
                SecondsOfTakeover.Add(second, Between(4, 9));
            }
        }
    }

    public Outages Sydney { get; }

    public Outages Melbourne { get; }

    /// <summary>Both stores at once; one alone costs nothing.</summary>
    public Outages Stores { get; }

    /// <summary>Our software answers and commits nothing.</summary>
    public Outages Wedged { get; }

    /// <summary>Home is lost and the peer has not taken over yet.</summary>
    public Outages SecondsOfTakeover { get; }

    public bool NoRegion(int second) => Sydney[second] && Melbourne[second];

    /// <summary>No silo, or no store that silos could write to: nobody beats.</summary>
    public bool NoBeat(int second) => NoRegion(second) || Stores[second];
}
