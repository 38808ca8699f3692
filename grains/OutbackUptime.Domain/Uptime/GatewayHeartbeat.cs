namespace OutbackUptime.Domain.Uptime;

/// <summary>What a gateway says of itself every 30 s, whatever happens: a packet of hub `gateway`, journaled like all packets.</summary>
/// <param name="Uptime">How long its process runs.</param>
/// <param name="LinkUp">Whether a region's stream is up and answers.</param>
/// <param name="BatteryVolts">Its battery, where it has a sensor for that.</param>
/// <param name="Reach">By region: whether the last contact with it worked. Regions not tried are not named.</param>
/// <param name="Gone">By hub: when its connection was lost or its last will came, since the heartbeat before.</param>
public sealed record GatewayHeartbeat(
    TimeSpan Uptime,
    bool LinkUp,
    double? BatteryVolts,
    IReadOnlyDictionary<string, bool> Reach,
    IReadOnlyDictionary<string, DateTimeOffset> Gone);
