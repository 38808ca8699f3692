using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>What this gateway sees and does.</summary>
internal sealed record GatewayStatusPage(string Station, Guid JournalEpoch, long FirstOffset, long NextOffset, long Depth, long JournalBytes, double? DarkDaysLeft, IReadOnlyDictionary<string, long> GivenUp, string HomeRegion, string CurrentRegion, bool Connected, IReadOnlyDictionary<string, RegionStatus> Regions, PacketCounts Packets, int HubsConnected, IReadOnlyList<RegionSwitch> Switches, IReadOnlyList<OffsetRange> Rejected, long Wedges, long WireBytes, JournalStoragePage Storage);
