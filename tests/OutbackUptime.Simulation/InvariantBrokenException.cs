namespace OutbackUptime.Simulation;

/// <summary>An invariant of docs/architecture.md does not hold.</summary>
public sealed class InvariantBrokenException(string message) : Exception(message);
