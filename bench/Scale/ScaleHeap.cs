namespace OutbackUptime.Bench.Scale;

/// <summary>Bytes of all silos' managed heaps after a full collection, step by step.</summary>
internal sealed record ScaleHeap(double Empty, double Registered, double OneHub, double AllHubs);
