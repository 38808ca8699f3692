namespace OutbackUptime.Domain.Uplink;

/// <summary>A frame that was sent.</summary>
internal sealed class SentFrame(FramePlan plan, DateTimeOffset at)
{
    private readonly HashSet<string> _committed = new(StringComparer.Ordinal);

    public FramePlan Plan { get; } = plan;

    public DateTimeOffset At { get; } = at;

    /// <summary>Whether the region has said anything about it.</summary>
    public bool IsHeardOf { get; private set; }

    /// <summary>Regions that hold all of it, by its receipts.</summary>
    public IReadOnlyCollection<string> Committed => _committed;

    public SentFrame With(FramePlan plan) => new(plan, At);

    public void OnHeard(IEnumerable<string> committed)
    {
        IsHeardOf = true;
        _committed.UnionWith(committed);
    }
}
