namespace OutbackUptime.Demo.Cluster;

/// <summary>A gateway's /status.</summary>
internal sealed record GatewayPage(
    string Station, long FirstOffset, long NextOffset, long Depth, string HomeRegion, string CurrentRegion, bool Connected,
    Dictionary<string, GatewayRegion> Regions, GatewayPackets Packets, int HubsConnected, List<GatewaySwitch> Switches, long Wedges,
    Dictionary<string, long>? GivenUp = null);

/// <summary>A region as a gateway sees it.</summary>
internal sealed record GatewayRegion(long CommittedThrough, long Committed, long Missing, bool StoreAvailable);

/// <summary>A gateway's packet counts.</summary>
internal sealed record GatewayPackets(long Accepted, long Duplicates, long Quarantined);

/// <summary>A gateway's move between regions.</summary>
internal sealed record GatewaySwitch(DateTimeOffset At, string From, string To, string Reason, DateTimeOffset? FirstReceiptAt);

/// <summary>A gateway's /latency: [upper bound in ms, count] since its start.</summary>
internal sealed record LatencyPage(List<double[]> JournalToCommitted, List<double[]> JournalToSafe, List<double[]> ReceivedToCommitted, List<double[]> ReceivedToSafe);

/// <summary>A silo's /status.</summary>
internal sealed record SiloPage(string Silo, string Region, bool Active, List<SiloMember> Members, List<SiloStore> Stores, List<SiloStation> Stations, long Takeovers, long GiveBacks,
    List<SiloGateway>? Gateways = null);

/// <summary>A member of the silo's cluster.</summary>
internal sealed record SiloMember(string Name, string Region, string Status);

/// <summary>A store as the silo sees it.</summary>
internal sealed record SiloStore(string Region, bool Available, long QueuedRows, long InsertedRows);

/// <summary>A station active on the silo.</summary>
internal sealed record SiloStation(string Id, string HomeRegion);

/// <summary>A gateway connected to the silo.</summary>
internal sealed record SiloGateway(string Station);
