namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>What the rules look at, whatever the hub calls it.</summary>
internal enum Signal
{
    Level,
    TroughFlow,
    TroughLevel,
    PumpAmps,
    Flow,
    Volts,
    Celsius,
    SolarWatts,
}
