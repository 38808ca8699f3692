namespace OutbackUptime.Bench.Peers;

/// <summary>A way from MQTT to ClickHouse.</summary>
/// <param name="Name">Its row.</param>
/// <param name="What">What it is made of.</param>
/// <param name="Missing">Why it can't be measured here, and what to do about it; null when it can.</param>
/// <param name="Make">Makes it on a folder of its own; not started.</param>
internal sealed record PipelineKind(string Name, string What, Func<string?> Missing, Func<string, Pipeline> Make);
