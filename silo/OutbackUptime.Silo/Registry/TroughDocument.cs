namespace OutbackUptime.Silo.Registry;

/// <summary>A trough as it stands in the file, before any check.</summary>
internal sealed record TroughDocument(string? FedBy, string? FlowMetric, string? LevelMetric);
