using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Domain.Sequences;

namespace OutbackUptime.Domain.Dedupe;

/// <summary>A hub's windows, one a boot. There are few, mostly one: a list that is searched takes a fifth of a map's memory.</summary>
internal sealed class HubWindows(DedupeLimits limits)
{
    // The least recently used first.
    private (long Boot, SequenceWindow Window)[] _boots = [];

    /// <summary>Which of the station's recorded packets was its last.</summary>
    public long LastRecorded { get; private set; }

    public bool TryPeek(long boot, [MaybeNullWhen(false)] out SequenceWindow window)
    {
        var i = IndexOf(boot);
        window = i < 0 ? null : _boots[i].Window;
        return i >= 0;
    }

    public void Record(DedupeEntry entry, long number)
    {
        LastRecorded = number;
        Use(entry.Key.Boot).Record(entry.Key.Seq, entry.Hash);
    }

    /// <summary>Gives back most of its memory.</summary>
    public void Trim()
    {
        foreach (var (_, window) in _boots)
        {
            window.Trim(limits.RestingWindow);
        }
    }

    private SequenceWindow Use(long boot)
    {
        var i = IndexOf(boot);
        var used = i < 0 ? (boot, new SequenceWindow(limits.WindowCapacity)) : _boots[i];
        if (i < 0 && _boots.Length < limits.BootsPerHub)
        {
            Array.Resize(ref _boots, _boots.Length + 1);
            i = _boots.Length - 1;
        }

        // A new one takes the place of the least recently used.
        i = Math.Max(i, 0);
        Array.Copy(_boots, i + 1, _boots, i, _boots.Length - 1 - i);
        _boots[^1] = used;
        return used.Item2;
    }

    private int IndexOf(long boot)
    {
        for (var i = _boots.Length - 1; i >= 0; i--)
        {
            if (_boots[i].Boot == boot)
            {
                return i;
            }
        }

        return -1;
    }
}
