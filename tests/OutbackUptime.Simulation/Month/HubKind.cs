namespace OutbackUptime.Simulation.Month;

internal enum HubKind
{
    /// <summary>Every 30 s.</summary>
    Steady,

    /// <summary>Every 30 s, give or take 12 s.</summary>
    Jittery,

    /// <summary>Every 30 s by day, every 10 min by night.</summary>
    SleepsAtNight,

    /// <summary>Every 5 min, as registered.</summary>
    Slow,

    /// <summary>Every 30 s; on most nights its battery gives out.</summary>
    BrownsOut,

    /// <summary>Registered and never installed.</summary>
    Missing,
}
