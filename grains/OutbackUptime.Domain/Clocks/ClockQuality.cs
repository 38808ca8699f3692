namespace OutbackUptime.Domain.Clocks;

/// <summary>Why a packet's event time is what it is. The numbers are stored: never reuse one.</summary>
public enum ClockQuality
{
    /// <summary>The hub's claim is plausible and is the event time.</summary>
    HubClock = 0,

    /// <summary>The hub sent no time; the gateway's receipt time is used.</summary>
    NoClaim = 1,

    /// <summary>The hub claimed a time before 2020 (a clock that was never set); the receipt time is used.</summary>
    ClaimTooOld = 2,

    /// <summary>The hub claimed a time over 5 minutes after the receipt; the receipt time is used.</summary>
    ClaimInFuture = 3,

    /// <summary>The hub's claim was not plausible; the event time is the claim plus the offset that the gateway learned (<see cref="HubClock"/>).</summary>
    Repaired = 4,
}
