using OutbackUptime.Bench.FrontDoor;

namespace OutbackUptime.Bench.Peers;

/// <summary>A pipeline's figures.</summary>
internal sealed record PeerRow
{
    public required string Pipeline { get; init; }

    /// <summary>PUBACKs a second while every hub had a publish under way.</summary>
    public required double PubackRate { get; init; }

    /// <summary>Packets a second, from the first publish of that load to the last row of it that could be read: what was sent faster waited.</summary>
    public required double Rate { get; init; }

    /// <summary>Packets of it.</summary>
    public required long Packets { get; init; }

    /// <summary>Packets of it with no row when no more came.</summary>
    public required long Missing { get; init; }

    /// <summary>CPU time for each packet of all processes but generator and stores, microseconds.</summary>
    public required double CpuMicroseconds { get; init; }

    /// <summary>The same with the stores, which also answer the suite's questions.</summary>
    public required double CpuWithStoresMicroseconds { get; init; }

    /// <summary>Publishes a second of the open loop.</summary>
    public required double OpenRate { get; init; }

    /// <summary>From when a publish was due until its row could be read in the nearest store, milliseconds.</summary>
    public required LatencyRow Visible { get; init; }

    /// <summary>The same in all stores.</summary>
    public required LatencyRow VisibleEverywhere { get; init; }

    /// <summary>Packets of the open loop with no row when no more came; not in the latencies.</summary>
    public required long OpenMissing { get; init; }

    /// <summary>Load average of the machine at the end.</summary>
    public required double LoadAverage { get; init; }
}
