using OutbackUptime.ClickHouse;

namespace OutbackUptime.Silo.Admin;

/// <summary>What this silo sees and does, for people and for the demo.</summary>
internal sealed record SiloStatusPage(
    string Silo,
    string Region,
    string ClusterId,
    bool Active,
    bool Draining,
    IReadOnlyList<MemberStatus> Members,
    IReadOnlyList<StoreStatus> Stores,
    IReadOnlyList<StationStatus> Stations,
    IReadOnlyList<GatewayStatus> Gateways,
    long Takeovers,
    long GiveBacks);

/// <summary>A silo of the cluster.</summary>
internal sealed record MemberStatus(string Name, string Region, string Status);

/// <summary>A station whose grain is active on this silo.</summary>
internal sealed record StationStatus(string Id, string HomeRegion, DateTimeOffset ActivatedAt, long Packets, long Duplicates);

/// <summary>A gateway connected to this silo.</summary>
internal sealed record GatewayStatus(string Station, DateTimeOffset Since);
