namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// What somebody at the screen had of a hub in one minute: its packets, or the first dead hop on the way
/// hub → gateway → link → region → store. The numbers are those of the stores' Enum8.
/// </summary>
public enum Verdict : byte
{
    /// <summary>The hub's packets, as its cadence lets expect, were committed in some store in time.</summary>
    Up = 1,

    /// <summary>The hub (or its radio) sent nothing while its gateway lived.</summary>
    HubDown = 2,

    /// <summary>The gateway was off: power, card, or its process.</summary>
    GatewayDown = 3,

    /// <summary>The gateway lived and reached no region, though one was there.</summary>
    LinkDown = 4,

    /// <summary>No region beat: their silos or all of their stores were down.</summary>
    RegionDown = 5,

    /// <summary>Link and region were there, and our software did not commit.</summary>
    Ours = 6,

    /// <summary>There is no evidence: a hub never heard of, or no longer registered.</summary>
    Unknown = 7,
}
