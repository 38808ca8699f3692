using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.View;

/// <summary>What the view shows at one moment.</summary>
internal sealed record Snapshot(TimeSpan Running, HubFleetStats? Hubs, double HubsPerSecond, IReadOnlyList<StationLine> Stations, IReadOnlyList<RegionLine> Regions);

/// <summary>A station's line.</summary>
internal sealed record StationLine(string Station, string Home, string? Gateway, string? Owner, double PacketsPerSecond, long Depth, long Committed, long Safe, double? P95Ms, int Takeovers);

/// <summary>A region's line.</summary>
internal sealed record RegionLine(string Region, int SilosActive, int Silos, bool StoreUp, long Rows, int Stations);
