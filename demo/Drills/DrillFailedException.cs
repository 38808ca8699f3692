namespace OutbackUptime.Demo.Drills;

/// <summary>What had to happen did not.</summary>
internal sealed class DrillFailedException(string message) : Exception(message);
