namespace OutbackUptime.Silo.Registry;

/// <summary>A flow meter as it stands in the file, before any check.</summary>
internal sealed record FlowDocument(string? FlowMetric, double? StillLpm);
