namespace OutbackUptime.Grains.Watch;

/// <summary>What became of a notice over one channel.</summary>
/// <param name="Station">Station id.</param>
/// <param name="AlertId">The alert's id, or the digest's.</param>
/// <param name="Kind">`opened`, `escalated`, `cleared` or `digest`.</param>
/// <param name="Level">Escalation level.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Delivered">Whether the channel took it.</param>
/// <param name="AttemptedAt">When.</param>
/// <param name="Detail">What went wrong; empty when delivered.</param>
public sealed record NoticeRow(string Station, string AlertId, string Kind, int Level, string Channel, bool Delivered, DateTimeOffset AttemptedAt, string Detail)
{
    /// <summary>Two rows with the same key are about the same message.</summary>
    public (string AlertId, string Kind, int Level, string Channel) Key => (AlertId, Kind, Level, Channel);
}
