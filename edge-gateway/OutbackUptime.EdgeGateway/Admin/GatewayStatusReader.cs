using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>Gathers the status.</summary>
internal sealed class GatewayStatusReader(IOptions<GatewayOptions> options, SqliteJournal journal, IUplinkStatus uplink, MqttInstruments mqtt)
{
    public GatewayStatusPage Read()
    {
        var (first, next) = (journal.FirstOffset, journal.NextOffset);
        return new GatewayStatusPage(
            options.Value.Station,
            journal.Epoch,
            first,
            next,
            journal.Depth,
            journal.UsedBytes,
            journal.DarkDaysLeft is { } days && double.IsFinite(days) ? Math.Round(days, 1) : null,
            journal.GivenUp.ToDictionary(g => LossCauses.NameOf(g.Key), g => g.Value, StringComparer.Ordinal),
            options.Value.HomeRegion,
            uplink.CurrentRegion,
            uplink.IsConnected,
            journal.Committed.ToDictionary(c => c.Key, c => Region(c.Key, c.Value, first, next), StringComparer.Ordinal),
            new PacketCounts(mqtt.Accepted, mqtt.Duplicates, mqtt.Quarantined),
            mqtt.Connected,
            uplink.Switches,
            uplink.Rejected,
            uplink.Wedges,
            uplink.WireBytes,
            new JournalStoragePage(journal.Storage.Trouble.ToString(), journal.Storage.Since, journal.Storage.Detail, journal.Salvages, journal.Lost));
    }

    public LatencyPage ReadLatency() => new(uplink.JournalToCommitted.Snapshot(), uplink.JournalToSafe.Snapshot(), uplink.ReceivedToCommitted.Snapshot(), uplink.ReceivedToSafe.Snapshot());

    private RegionStatus Region(string region, OffsetRangeSet committed, long first, long next)
    {
        var missing = committed.MissingWithin(new OffsetRange(first, next - 1)).Sum(r => r.Count);
        return new RegionStatus(committed.CoveredThrough(first), next - first - missing, missing, uplink.StoreAvailable.GetValueOrDefault(region, true));
    }
}
