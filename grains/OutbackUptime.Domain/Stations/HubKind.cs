namespace OutbackUptime.Domain.Stations;

/// <summary>What a hub stands at. It gives the hub its symbol and says which parts the registry expects; the rules follow the parts.</summary>
public enum HubKind
{
    /// <summary>Nothing is known about it: only its silence and its battery are watched.</summary>
    Generic,

    /// <summary>A tank or turkey nest with a level.</summary>
    Tank,

    /// <summary>A trough with a level or a flow.</summary>
    Trough,

    /// <summary>A pump with a current.</summary>
    Pump,

    /// <summary>A pipe with a flow meter.</summary>
    Flow,

    /// <summary>Air temperature, rain, wind. The first one of a station gives the temperature for hubs that measure none.</summary>
    Weather,

    /// <summary>Bore, tank, pump and trough on one hub.</summary>
    WaterPoint,
}
