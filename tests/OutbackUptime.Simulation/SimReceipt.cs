namespace OutbackUptime.Simulation;

/// <summary>The answer to a frame.</summary>
internal sealed record SimReceipt(ulong FrameId, SimAnswer Answer, IReadOnlyList<string> Committed, IReadOnlyDictionary<string, bool> Stores);
