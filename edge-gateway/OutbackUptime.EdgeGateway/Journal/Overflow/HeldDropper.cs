using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>Chooses and names what is dropped because a region has it already. Used by the journal's writer only.</summary>
/// <param name="reader">The journal.</param>
/// <param name="damaged">Gets the entries that can't be read; they are replaced by loss entries elsewhere.</param>
internal sealed class HeldDropper(JournalDatabase reader, List<DamagedEntry> damaged)
{
    /// <summary>Entries dropped in one step at most: as with trimming, deleting must not hold up PUBACKs.</summary>
    private const int MaxDropped = 5000;

    private const int MaxRanges = 500;
    private const int MaxFragments = 10_000;

    /// <summary>Records that name a hub, at most: a megabyte or so.</summary>
    private const int MaxRecords = 4096;

    private readonly LossChains _chains = new(MaxRecords);
    private readonly OffsetRangeSet _losses = new();
    private readonly OffsetRangeSet _others = new();

    /// <summary>Records are journaled: from an earlier process, or by a relief that was committed.</summary>
    public void OnJournaled(long offset, LossRecord record)
    {
        _chains.Add(offset, record);
        _losses.Add(new OffsetRange(offset, offset));
    }

    /// <summary>Entries are in every store and gone.</summary>
    public void OnTrimmed(IReadOnlyList<OffsetRange> trimmed) => _chains.OnTrimmed(trimmed);

    /// <summary>The oldest packets that a region has, received before a time.</summary>
    public IReadOnlyList<DroppedEntry> Packets(JournalContents journal, DateTimeOffset before)
    {
        List<DroppedEntry> dropped = [];
        for (var found = Find(); dropped.Count == 0 && found.Count > 0; found = Find())
        {
            foreach (var (head, missingIn) in Heads(found))
            {
                if (head.Kind != JournalEntryKind.Loss && head.ReceivedAt >= before)
                {
                    return dropped;
                }

                // So many others between packets that they can't be remembered one by one go with the packets.
                if (head.Kind == JournalEntryKind.Packet || (head.Kind != JournalEntryKind.Loss && _others.Ranges.Count >= MaxFragments))
                {
                    dropped.Add(ToDropped(head, missingIn));
                }
                else
                {
                    (head.Kind == JournalEntryKind.Loss ? _losses : _others).Add(new OffsetRange(head.Offset, head.Offset));
                }
            }
        }

        return dropped;

        IReadOnlyList<HeldRange> Find() => HeldEntries.Oldest(journal.Kept, journal.Committed, Union(_losses, _others), MaxDropped);
    }

    /// <summary>The oldest quarantined and thinned entries that a region has, received before a time.</summary>
    public IReadOnlyList<DroppedEntry> Others(JournalContents journal, DateTimeOffset before) =>
        [.. Heads(HeldEntries.Oldest(journal.Kept.Intersect(_others), journal.Committed, _losses, MaxDropped))
            .TakeWhile(h => h.Head.ReceivedAt < before)
            .Select(h => ToDropped(h.Head, h.MissingIn))];

    /// <summary>The step that drops and names them.</summary>
    public Relief Drop(IReadOnlyList<DroppedEntry> dropped, DateTimeOffset now)
    {
        var named = _chains.Name(dropped);
        var gone = new OffsetRangeSet(dropped.Select(d => new OffsetRange(d.Offset, d.Offset)));
        foreach (var offset in named.Select(n => n.Replaces).OfType<long>())
        {
            gone.Add(new OffsetRange(offset, offset));
        }

        return new Relief(
            gone.Ranges,
            [.. named.Select(n => new JournalEntry(0, JournalEntryKind.Loss, n.Record.Hub, n.Record.Boot, false, n.Record.FirstSeq, now, 0, LossRecordJson.Write(n.Record), "", "", ""))],
            LossCause.Evicted,
            dropped.Sum(d => d.Packets));
    }

    private static OffsetRangeSet Union(OffsetRangeSet a, OffsetRangeSet b)
    {
        var union = a.Clone();
        foreach (var range in b.Ranges)
        {
            union.Add(range);
        }

        return union;
    }

    private static DroppedEntry ToDropped(EntryHead head, IReadOnlyList<string> missingIn) =>
        head.Kind == JournalEntryKind.Packet ? new DroppedEntry(head.Offset, head.Hub, head.Boot, head.Seq, head.Seq, 1, missingIn)
        : head.Kind == JournalEntryKind.Thinned && ThinnedRowJson.TryRead(head.Row, out var row) ? new DroppedEntry(head.Offset, row.Hub, row.Boot, row.FirstSeq, row.LastSeq, row.Packets, missingIn)
        : new DroppedEntry(head.Offset, head.Hub, 0, 0, 0, 1, missingIn);

    private IEnumerable<(EntryHead Head, IReadOnlyList<string> MissingIn)> Heads(IReadOnlyList<HeldRange> found)
    {
        foreach (var held in found.Take(MaxRanges))
        {
            var seen = damaged.Count;
            foreach (var head in reader.ReadHeads(held.Range, MaxDropped, damaged))
            {
                yield return (head, held.MissingIn);
            }

            // Not to be looked at again.
            foreach (var entry in damaged.Skip(seen))
            {
                _losses.Add(new OffsetRange(entry.Offset, entry.Offset));
            }
        }
    }
}
