using OutbackUptime.Domain.Sequences;

namespace OutbackUptime.Domain.Dedupe;

/// <summary>A hub's windows, one a boot.</summary>
internal sealed class HubWindows(DedupeLimits limits)
{
    private readonly RecentlyUsed<long, SequenceWindow> _boots = new(limits.BootsPerHub);

    /// <summary>Which of the station's recorded packets was its last.</summary>
    public long LastRecorded { get; private set; }

    public bool TryPeek(long boot, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out SequenceWindow window) => _boots.TryPeek(boot, out window);

    public void Record(DedupeEntry entry, long number)
    {
        LastRecorded = number;
        _boots.Use(entry.Key.Boot, limits, static l => new SequenceWindow(l.WindowCapacity)).Record(entry.Key.Seq, entry.Hash);
    }

    /// <summary>Gives back most of its memory.</summary>
    public void Trim()
    {
        foreach (var window in _boots.Values)
        {
            window.Trim(limits.RestingWindow);
        }
    }
}
