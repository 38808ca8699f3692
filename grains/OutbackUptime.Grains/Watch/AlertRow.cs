using OutbackUptime.Domain.Alerts;

namespace OutbackUptime.Grains.Watch;

/// <summary>An alert as a store keeps it.</summary>
/// <param name="Alert">As it stood then.</param>
/// <param name="WrittenAt">Of two rows of an alert the one written later stays.</param>
public sealed record AlertRow(Alert Alert, DateTimeOffset WrittenAt);
