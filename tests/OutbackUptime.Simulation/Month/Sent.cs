namespace OutbackUptime.Simulation.Month;

/// <summary>A packet (or heartbeat) that the gateway journaled. Times in seconds of the month.</summary>
internal sealed class Sent
{
    /// <summary>Index of the hub; -1 for a heartbeat.</summary>
    public required int Hub { get; init; }

    public required double ReceivedAt { get; init; }

    /// <summary>A heartbeat's uptime, in seconds.</summary>
    public double Uptime { get; init; }

    public bool LinkUp { get; init; }

    public double Battery { get; init; }

    public IReadOnlyList<(string Hub, double At)> Gone { get; init; } = [];

    /// <summary>When a store had it; infinite until it has.</summary>
    public double CommittedAt { get; set; } = double.PositiveInfinity;
}
