using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>
/// Carries out the overflow policy in bounded steps, each within the transaction of a commit. Used by the journal's writer only.
/// </summary>
internal sealed class OverflowRelief
{
    private readonly OverflowPolicy _policy;
    private readonly JournalDatabase _reader;
    private readonly HeldDropper _held;
    private readonly PacketThinner _thinner;
    private readonly List<DamagedEntry> _damaged = [];
    private (long Offset, DateTimeOffset ReceivedAt)? _oldest;
    private volatile bool _isUnderWay;

    public OverflowRelief(OverflowLimits limits, JournalDatabase reader)
    {
        (_policy, _reader, _held, _thinner) = (new OverflowPolicy(limits), reader, new HeldDropper(reader, _damaged), new PacketThinner(reader, _damaged));
        foreach (var (offset, record) in reader.LoadLosses())
        {
            _held.OnJournaled(offset, record);
        }
    }

    /// <summary>Whether the last step did something and more is to be done: commit again soon, with or without packets.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>Whether the journal takes no more packets.</summary>
    public bool Refuses(long usedBytes) => _policy.Refuses(usedBytes);

    /// <summary>The next step; null when there is none.</summary>
    /// <param name="usedBytes">Bytes in use.</param>
    /// <param name="trimmed">What the same transaction trims.</param>
    /// <param name="contents">What there is besides, made only when it is needed.</param>
    /// <param name="now">The time.</param>
    public Relief? Next(long usedBytes, IReadOnlyList<OffsetRange> trimmed, Func<JournalContents> contents, DateTimeOffset now)
    {
        _held.OnTrimmed(trimmed);
        var age = OldestAge(now, contents);
        if (!_policy.Observe(usedBytes, age))
        {
            _thinner.Stop();
            _isUnderWay = false;
            return null;
        }

        var journal = contents();
        var before = _policy.IsFull ? DateTimeOffset.MaxValue : now - _policy.Limits.LowAge;
        var packets = _held.Packets(journal, before);
        var others = packets.Count == 0 ? _held.Others(journal, before) : [];
        var relief = _policy.Next(new OverflowState(usedBytes, age, packets.Count > 0, others.Count > 0, _thinner.MayThin(now))) switch
        {
            OverflowStep.DropHeldPackets => _held.Drop(packets, now),
            OverflowStep.DropHeldOthers => _held.Drop(others, now),
            OverflowStep.Thin => _thinner.Step(journal, before, _policy.IsFull, now),
            _ => null,
        };
        _isUnderWay = relief is not null;
        return relief;
    }

    /// <summary>Entries that the steps so far could not read, each once.</summary>
    public IReadOnlyList<DamagedEntry> TakeDamaged()
    {
        DamagedEntry[] damaged = [.. _damaged];
        _damaged.Clear();
        return damaged;
    }

    /// <summary>The step's transaction was committed.</summary>
    public void OnCommitted(Relief relief)
    {
        for (var i = 0; i < relief.Written.Count; i++)
        {
            if (relief.Written[i].Kind == JournalEntryKind.Loss && LossRecordJson.TryRead(relief.Written[i].Payload.Span, out var record))
            {
                _held.OnJournaled(relief.Offsets[i], record);
            }
        }
    }

    /// <summary>It was not: packets that were gathered come again with the next pass.</summary>
    public void OnFailed() => _thinner.Stop();

    private TimeSpan OldestAge(DateTimeOffset now, Func<JournalContents> contents)
    {
        if (_policy.Limits.MaxAge <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        if (_oldest is not { } oldest || oldest.Offset < _thinner.DoneBefore || !contents().Kept.Contains(oldest.Offset))
        {
            _oldest = _reader.FirstPacket(_thinner.DoneBefore);
        }

        return _oldest is { } found ? now - found.ReceivedAt : TimeSpan.Zero;
    }
}
