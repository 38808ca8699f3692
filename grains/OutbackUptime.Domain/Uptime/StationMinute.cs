namespace OutbackUptime.Domain.Uptime;

/// <summary>What is known of a station in a minute: a bit for each of its six slots.</summary>
internal struct StationMinute
{
    /// <summary>Some packet or heartbeat received then was committed in time.</summary>
    public byte InTime;

    /// <summary>Some packet or heartbeat received then was committed too late.</summary>
    public byte Late;

    /// <summary>A heartbeat that came too late said that the link was up.</summary>
    public byte LinkUp;

    /// <summary>A heartbeat that came too late said that the link was down.</summary>
    public byte LinkDown;

    /// <summary>The gateway's process began then: a heartbeat's time less its uptime.</summary>
    public byte Boot;

    /// <summary>Some region beat.</summary>
    public byte Beat;

    /// <summary>Some heartbeat was received then.</summary>
    public byte Heartbeat;

    /// <summary>Slots in which the gateway certainly lived.</summary>
    public readonly byte Points => (byte)(InTime | Late);
}
