using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>Neighbours in the journal that are one hub's. Offsets within that the journal does not hold any more count along.</summary>
public readonly record struct HubRun(string Hub, OffsetRange Offsets);
