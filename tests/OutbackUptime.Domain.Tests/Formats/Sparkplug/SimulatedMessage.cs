using OutbackUptime.Domain.Formats.Sparkplug;

namespace OutbackUptime.Domain.Tests.Formats.Sparkplug;

/// <summary>A message and the truth about it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Device">Of which device; empty for the node.</param>
/// <param name="Bytes">Its payload.</param>
/// <param name="Metrics">What it says, by the metric names that packets shall have.</param>
/// <param name="Time">When.</param>
/// <param name="Number">How many messages of the session came before it.</param>
internal sealed record SimulatedMessage(SparkplugMessage Kind, string Device, byte[] Bytes, Dictionary<string, double> Metrics, DateTimeOffset Time, long Number);
