using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>Traces and logs (section `Telemetry`). Metrics are on the admin port's /metrics, whatever is set here.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Share of publishes that are traced, 0 to 1. Errors and quarantined packets are traced besides. Default 0.01: some 60 bytes of uplink each.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;

    /// <summary>Whether the log is JSON, a line an entry with its trace's id. Default false: for people.</summary>
    public bool JsonLogs { get; set; }
}
