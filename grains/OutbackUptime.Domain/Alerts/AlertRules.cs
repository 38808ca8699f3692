namespace OutbackUptime.Domain.Alerts;

/// <summary>The rules' names, as they stand in the stores and in webhooks. Fixed: renaming one orphans its open alerts.</summary>
public static class AlertRules
{
    /// <summary>The tank runs dry sooner than somebody can comfortably be there.</summary>
    public const string HoursLeft = "hours-left";

    /// <summary>The tank is below its low mark.</summary>
    public const string LowLevel = "low-level";

    /// <summary>The tank falls several times faster than the mob can drink: leak or stuck float.</summary>
    public const string FallRate = "fall-rate";

    /// <summary>The trough gets no water though its tank has some: blocked line or jammed valve.</summary>
    public const string TroughDry = "trough-dry";

    /// <summary>The pump draws current and the tank doesn't rise: bore dry, broken pipe or column.</summary>
    public const string PumpNoRise = "pump-no-rise";

    /// <summary>The tank calls for water and the pump stands still.</summary>
    public const string PumpStill = "pump-still";

    /// <summary>The flow between 2 and 6 am never comes to rest: leak.</summary>
    public const string NightFlow = "night-flow";

    /// <summary>The hub's battery won't last until the sun is back.</summary>
    public const string BatteryNight = "battery-night";

    /// <summary>The hub itself is silent.</summary>
    public const string HubSilent = "hub-silent";

    /// <summary>The gateway is dead: all hubs of the station are silent.</summary>
    public const string GatewayDown = "gateway-down";

    /// <summary>The station's link is dead: data is safe at the gateway.</summary>
    public const string LinkDown = "link-down";

    /// <summary>A region is dead and the other one didn't take the station.</summary>
    public const string RegionDown = "region-down";

    /// <summary>Our software is at fault.</summary>
    public const string Ours = "ours";

    /// <summary>All of them, in the order in which a station's alerts are listed: water before power before silence.</summary>
    public static IReadOnlyList<string> All { get; } =
        [HoursLeft, TroughDry, LowLevel, PumpNoRise, PumpStill, FallRate, NightFlow, BatteryNight, HubSilent, GatewayDown, LinkDown, RegionDown, Ours];
}
