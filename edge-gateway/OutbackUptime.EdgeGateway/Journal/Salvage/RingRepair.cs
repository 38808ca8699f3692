using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// Rows of hubs' rings whose checksum does not hold: a packet that its hub sends again would not be known any more, for the hub's
/// own name in the row may be what is damaged. Found at a start, where all rows are looked at, and written again from the entries.
/// What was trimmed can't be: such a packet is journaled once more, and the regions dedupe it.
/// </summary>
internal static class RingRepair
{
    /// <summary>Entries read at a time.</summary>
    private const int Chunk = 1000;

    /// <summary>Looks, and repairs if need be. Throws <see cref="JournalDamagedException"/> when a row can't even be deleted.</summary>
    public static void Run(JournalDatabase writer, OffsetRangeSet kept)
    {
        if (writer.IsRingSound())
        {
            return;
        }

        using var transaction = writer.Begin();
        var ring = writer.TakeSoundRing(transaction);
        foreach (var row in Lost(writer, kept, ring))
        {
            writer.SaveRecent(row, transaction);
        }

        transaction.Commit();
    }

    /// <summary>Per hub and slot the newest kept packet, where the ring has none or an older one. One pass over all entries.</summary>
    private static IReadOnlyCollection<RecentRow> Lost(JournalDatabase writer, OffsetRangeSet kept, Dictionary<(string Hub, int Slot), long> ring)
    {
        var lost = new Dictionary<(string Hub, int Slot), RecentRow>();
        foreach (var range in kept.Ranges)
        {
            for (var first = range.First; first <= range.Last; first += Chunk)
            {
                var part = new OffsetRange(first, Math.Min(range.Last, first + Chunk - 1));
                // A damaged entry is found again, and named, where it is read to be sent.
                foreach (var entry in writer.Read(part, Chunk, (_, _) => 0, []).Where(e => e.Kind == JournalEntryKind.Packet))
                {
                    if (ring.GetValueOrDefault((entry.Hub, HubBoots.Slot(entry.Seq))) < entry.Offset)
                    {
                        lost[(entry.Hub, HubBoots.Slot(entry.Seq))] = RecentRow.Of(entry);
                    }
                }
            }
        }

        return lost.Values;
    }
}
