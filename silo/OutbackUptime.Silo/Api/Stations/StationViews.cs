namespace OutbackUptime.Silo.Api.Stations;

/// <summary>A station as people see it.</summary>
/// <param name="Id">Station id.</param>
/// <param name="Name">For people.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="HomeRegion">The region that owns it while healthy.</param>
/// <param name="Registered">False: its data is here, but it is not in the registry (any more).</param>
/// <param name="Hubs">Hubs in the registry.</param>
/// <param name="Owner">The region whose silo serves it now; null when not known.</param>
/// <param name="OwnerSilo">That silo; null when not known.</param>
/// <param name="LastPacketAt">When a gateway received the newest packet, of the last 24 h.</param>
/// <param name="SafeUpTo">Everything of it that has arrived up to here is in both regions; null when not known.</param>
/// <param name="AtGateway">Packets that its gateway held, by its last heartbeat; null when there was none in the last 5 min.</param>
/// <param name="OpenAlerts">Alerts that are not cleared.</param>
internal sealed record StationView(
    string Id, string Name, double? Latitude, double? Longitude, string HomeRegion, bool Registered, int Hubs,
    string? Owner, string? OwnerSilo, DateTimeOffset? LastPacketAt, DateTimeOffset? SafeUpTo, long? AtGateway, int OpenAlerts);

/// <summary>A hub of a station.</summary>
/// <param name="Id">Hub id; `gateway` for the gateway's own packets.</param>
/// <param name="IntervalSeconds">How often it should publish; null when it is not in the registry.</param>
/// <param name="Latest">Its newest packet of the last 24 h.</param>
internal sealed record HubView(string Id, double? IntervalSeconds, LatestPacket? Latest);

/// <summary>A hub's newest packet.</summary>
internal sealed record LatestPacket(long Boot, long Seq, DateTimeOffset EventTime, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, double> Metrics);

/// <summary>A metric over hubs and minutes.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Metric">Name with its unit.</param>
/// <param name="Step">Length of a cell, in minutes.</param>
/// <param name="From">Start of the first cell.</param>
/// <param name="Cells">How many cells a row has.</param>
/// <param name="Hubs">A row for each hub that sent the metric; null where it sent nothing.</param>
internal sealed record HeatMap(string Station, string Metric, int Step, DateTimeOffset From, int Cells, IReadOnlyList<HeatMapRow> Hubs);

/// <summary>A hub's row: the latest value in each cell.</summary>
internal sealed record HeatMapRow(string Hub, double?[] Values);
