namespace OutbackUptime.Demo.Hubs;

/// <summary>What is broken at a simulated water point.</summary>
internal enum WaterFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The tank loses 30 L/min.</summary>
    Leak,

    /// <summary>The trough's float doesn't close: it takes 20 L/min day and night.</summary>
    StuckFloat,

    /// <summary>The trough gets nothing.</summary>
    BlockedLine,

    /// <summary>The pump doesn't start.</summary>
    PumpStill,

    /// <summary>The pump runs and lifts nothing.</summary>
    BoreDry,

    /// <summary>The tank is at 2 %: for demos that can't wait for it to run dry.</summary>
    DryTank,
}
