using OutbackUptime.Silo.Api.Stations;

namespace OutbackUptime.Silo.Api.Regions;

/// <summary>The whole system at a moment.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Silo">The silo that answers.</param>
/// <param name="Region">Its region.</param>
/// <param name="SafeUpTo">Everything that has arrived up to here is in both regions; null when not known.</param>
/// <param name="SafeNote">Why it does not move; empty when it does.</param>
/// <param name="Regions">The regions.</param>
/// <param name="Stations">The stations.</param>
/// <param name="Moves">The newest takeovers and give-backs that this silo saw, newest first.</param>
internal sealed record Overview(
    DateTimeOffset At, string Silo, string Region, DateTimeOffset? SafeUpTo, string SafeNote,
    IReadOnlyList<RegionView> Regions, IReadOnlyList<StationView> Stations, IReadOnlyList<StationMove> Moves);

/// <summary>A region.</summary>
/// <param name="Id">E.g. `syd`.</param>
/// <param name="Up">Whether one of its silos gave a sign of life in the last 15 s.</param>
/// <param name="Stations">Stations that it serves now.</param>
/// <param name="Silos">Its silos.</param>
/// <param name="Store">Its store.</param>
internal sealed record RegionView(string Id, bool Up, int Stations, IReadOnlyList<SiloView> Silos, StoreView Store);

/// <summary>A silo.</summary>
/// <param name="Name">Starts with its region.</param>
/// <param name="Status">As the membership says; `Unseen` for one of another cluster that is known by its beats only.</param>
/// <param name="LastBeatAt">Its last sign of life in a store.</param>
internal sealed record SiloView(string Name, string Status, DateTimeOffset? LastBeatAt);

/// <summary>A store.</summary>
/// <param name="Available">Whether this silo can write to it.</param>
/// <param name="QueuedRows">Rows that wait in this silo.</param>
/// <param name="NewestPacketAt">Receipt of the newest packet in it, of the last 3 min.</param>
internal sealed record StoreView(bool Available, long QueuedRows, DateTimeOffset? NewestPacketAt);

/// <summary>A station was seen to change its owner.</summary>
/// <param name="At">When.</param>
/// <param name="Station">Station id.</param>
/// <param name="From">The region that served it before; null when not known.</param>
/// <param name="To">The region that serves it.</param>
/// <param name="Takeover">True: away from home; false: a give-back.</param>
internal sealed record StationMove(DateTimeOffset At, string Station, string? From, string To, bool Takeover);
