using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Simulation.Water;

/// <summary>A packet on its way.</summary>
internal sealed record SimPacketOfWater(string Hub, DateTimeOffset Time, IReadOnlyList<Metric> Metrics);
