namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>All rules about water and power.</summary>
internal static class WaterRules
{
    public static IReadOnlyList<IWaterRule> All { get; } =
    [
        new HoursLeftRule(), new LowLevelRule(), new FallRateRule(), new TroughDryRule(),
        new PumpNoRiseRule(), new PumpStillRule(), new NightFlowRule(), new BatteryNightRule(),
    ];
}
