using System.Collections.ObjectModel;
using OutbackUptime.Domain.Alerts.Rules;

namespace OutbackUptime.Domain.Alerts;

/// <summary>
/// One rule at one hub, slot by slot: wrong for long enough opens an episode, fine for long enough ends it. What is unclear
/// changes nothing, so that a gap in the data neither opens nor ends one.
/// </summary>
internal sealed class RuleTrack(int slotsToOpen, int slotsToClear, int slotsToForget)
{
    private long? _fineSince;
    private bool _pending;

    /// <summary>Whether an episode is on.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The slot that began it.</summary>
    public long From { get; private set; }

    /// <summary>The newest slot that showed it.</summary>
    public long LastWrong { get; private set; }

    /// <summary>Worst so far.</summary>
    public AlertSeverity Severity { get; private set; }

    /// <summary>The newest numbers.</summary>
    public IReadOnlyDictionary<string, double> Facts { get; private set; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Goes on from an episode that another activation found.</summary>
    public void Resume(long from, AlertSeverity severity, IReadOnlyDictionary<string, double> facts)
    {
        (IsOpen, From, LastWrong, Severity, Facts, _fineSince, _pending) = (true, from, from, severity, facts, null, false);
    }

    /// <summary>Takes the next slot; returns the episode that it ended, if it did.</summary>
    public Episode? Step(long slot, in Finding finding)
    {
        if (IsOpen && slot <= From)
        {
            // Older than the episode: says nothing about whether it goes on.
            return null;
        }

        switch (finding.Look)
        {
            case Look.Wrong:
                OnWrong(slot, finding);
                return null;
            case Look.Fine when IsOpen:
                return OnFine(slot);
            case Look.Fine:
                _pending = false;
                return null;
            default:
                _pending &= slot - LastWrong <= slotsToForget;
                return null;
        }
    }

    private void OnWrong(long slot, in Finding finding)
    {
        if (!IsOpen && !_pending)
        {
            (_pending, From, Severity) = (true, slot, finding.Severity);
        }

        _fineSince = null;
        LastWrong = slot;
        Facts = finding.Facts!;
        Severity = IsOpen && Severity > finding.Severity ? Severity : finding.Severity;
        if (!IsOpen && slot - From >= slotsToOpen)
        {
            (IsOpen, _pending) = (true, false);
        }
    }

    private Episode? OnFine(long slot)
    {
        _fineSince ??= slot;
        if (slot - _fineSince < slotsToClear)
        {
            return null;
        }

        var ended = new Episode(From, slot, Severity, Facts);
        (IsOpen, _fineSince) = (false, null);
        return ended;
    }
}
