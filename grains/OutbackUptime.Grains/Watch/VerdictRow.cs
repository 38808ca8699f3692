using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Watch;

/// <summary>A verdict as a store keeps it.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Minute">Hub, minute and verdict.</param>
/// <param name="JudgedAt">When; of two rows of a minute the one judged later stays.</param>
public readonly record struct VerdictRow(string Station, MinuteVerdict Minute, DateTimeOffset JudgedAt);
