namespace OutbackUptime.Domain.Uptime;

/// <summary>What is known of a hub in a minute: a bit for each of its six slots, and what was told of it.</summary>
internal struct HubMinute
{
    /// <summary>A packet received then was committed in time.</summary>
    public byte InTime;

    /// <summary>A packet received then was committed too late.</summary>
    public byte Late;

    /// <summary>Its connection was lost, or its last will came.</summary>
    public byte Gone;

    /// <summary>The verdict told last, plus 8 where it was late; 0 when none was.</summary>
    public byte Told;

    /// <summary>Slots in which the hub certainly lived.</summary>
    public readonly byte Points => (byte)(InTime | Late);
}
