namespace OutbackUptime.Domain.Alerts;

/// <summary>Which hop is to blame for a hub's silence: the uptime ledger's verdict, by the same numbers as the stores' `uptime` table.</summary>
public enum SilenceCause
{
    /// <summary>It isn't silent.</summary>
    Up = 1,

    /// <summary>The hub or its radio.</summary>
    HubDown = 2,

    /// <summary>The edge gateway.</summary>
    GatewayDown = 3,

    /// <summary>The link from the station.</summary>
    LinkDown = 4,

    /// <summary>A region.</summary>
    RegionDown = 5,

    /// <summary>Our software.</summary>
    Ours = 6,

    /// <summary>Not known yet.</summary>
    Unknown = 7,
}
