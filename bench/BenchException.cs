namespace OutbackUptime.Bench;

/// <summary>Why there is no measurement; the message says what to do.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
