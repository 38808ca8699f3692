using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>What the uplink is doing, for status pages. Thread-safe snapshots.</summary>
public interface IUplinkStatus
{
    /// <summary>The region spoken to, or tried.</summary>
    string CurrentRegion { get; }

    /// <summary>Whether a region has said Welcome on the current connection.</summary>
    bool IsConnected { get; }

    /// <summary>Per region whether its store is said to be up.</summary>
    IReadOnlyDictionary<string, bool> StoreAvailable { get; }

    /// <summary>Per region whether the last contact with it worked; without those that were never tried.</summary>
    IReadOnlyDictionary<string, bool> Reached { get; }

    /// <summary>The last moves between regions, oldest first.</summary>
    IReadOnlyList<RegionSwitch> Switches { get; }

    /// <summary>Connections that were up and moved nothing, since the start.</summary>
    long Wedges { get; }

    /// <summary>Bytes that connections have carried since the start, both ways, TLS included.</summary>
    long WireBytes { get; }

    /// <summary>Offsets that a region refuses even alone.</summary>
    IReadOnlyList<OffsetRange> Rejected { get; }

    /// <summary>From the journal's commit to the receipt that says committed in a first region.</summary>
    LatencyHistogram JournalToCommitted { get; }

    /// <summary>From the journal's commit to the receipt that says committed in the last region.</summary>
    LatencyHistogram JournalToSafe { get; }

    /// <summary>From the gateway's receipt of a packet to the receipt that says committed in a first region.</summary>
    LatencyHistogram ReceivedToCommitted { get; }

    /// <summary>From the gateway's receipt of a packet to the receipt that says committed in the last region.</summary>
    LatencyHistogram ReceivedToSafe { get; }
}
