using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>A line of the table. Latencies in milliseconds, from publish (open loop: from when it was due) to PUBACK.</summary>
internal sealed record FrontDoorRow
{
    public required string Server { get; init; }

    public required int Connections { get; init; }

    public required int Window { get; init; }

    /// <summary>PUBACKs a second with every window full.</summary>
    public required double Rate { get; init; }

    /// <summary>The server's CPU time for each PUBACK at that rate, microseconds.</summary>
    public required double CpuMicroseconds { get; init; }

    /// <summary>Bytes written for each PUBACK.</summary>
    public required double WrittenBytes { get; init; }

    public required LatencyRow Saturated { get; init; }

    /// <summary>Publishes a second of the open loop.</summary>
    public required double OpenRate { get; init; }

    public required LatencyRow Open { get; init; }

    /// <summary>Publishes of the open loop without PUBACK five seconds after its end.</summary>
    public required long Unanswered { get; init; }

    public required long ResidentBytes { get; init; }

    /// <summary>Load average of the machine at the end: other work makes figures worse.</summary>
    public required double LoadAverage { get; init; }

    /// <summary>Of a server's two runs, just ended.</summary>
    public static FrontDoorRow Of(string server, FrontDoorShape shape, LoadResult closed, LoadResult open, double openRate) => new()
    {
        Server = server,
        Connections = shape.Connections,
        Window = shape.Window,
        Rate = closed.Rate,
        CpuMicroseconds = closed.CpuMicroseconds,
        WrittenBytes = closed.WrittenBytes,
        Saturated = LatencyRow.Of(closed.Latencies),
        OpenRate = openRate,
        Open = LatencyRow.Of(open.Latencies),
        Unanswered = open.Unanswered,
        ResidentBytes = open.ServerResidentBytes,
        LoadAverage = MachineReport.LoadAverageNow(),
    };
}
