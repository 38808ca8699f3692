namespace OutbackUptime.Grains.Watch;

/// <summary>Rows that the watch writes. A store takes all of them or says that it did not; written again they change nothing.</summary>
public sealed record WatchRows
{
    /// <summary>New and corrected verdicts.</summary>
    public IReadOnlyList<VerdictRow> Verdicts { get; init; } = [];

    /// <summary>Alerts that changed.</summary>
    public IReadOnlyList<AlertRow> Alerts { get; init; } = [];

    /// <summary>Notices that were tried.</summary>
    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];

    /// <summary>Silos' signs of life.</summary>
    public IReadOnlyList<RegionBeat> Beats { get; init; } = [];

    /// <summary>How many rows it holds.</summary>
    public int Count => Verdicts.Count + Alerts.Count + Notices.Count + Beats.Count;
}
