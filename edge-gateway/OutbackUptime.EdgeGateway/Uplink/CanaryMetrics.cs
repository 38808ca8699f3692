using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>What a canary tells about its gateway, beside its uptime.</summary>
public delegate IEnumerable<Metric> CanaryMetrics();
