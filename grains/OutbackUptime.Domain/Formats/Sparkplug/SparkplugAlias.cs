namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>What an alias stands for since its birth certificate.</summary>
/// <param name="Device">The device whose certificate it was; empty for the node.</param>
/// <param name="Original">The metric's name below the node, `device/name`.</param>
/// <param name="DataType">Its type, which data messages may leave out.</param>
internal sealed record SparkplugAlias(string Device, string Original, uint DataType);
