using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>What one region's store would hold.</summary>
internal sealed class StoreModel
{
    private readonly Dictionary<long, LossRecord> _losses = [];

    public HashSet<(string Hub, long Boot, long Seq)> Packets { get; } = [];

    public Dictionary<long, ThinnedRow> Thinned { get; } = [];

    /// <summary>As the view `losses`: the later one of the same cause, hub, boot and first offset.</summary>
    public IReadOnlyList<LossRecord> Losses =>
        [.. _losses.GroupBy(l => (l.Value.Cause, l.Value.Hub, l.Value.Boot, l.Value.FirstOffset)).Select(g => g.MaxBy(l => l.Key).Value)];

    public void TakeLosses(StoreModel other)
    {
        foreach (var (offset, loss) in other._losses)
        {
            _losses[offset] = loss;
        }
    }

    public void Commit(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.Packet:
                Packets.Add((entry.Hub, entry.Boot, entry.Seq));
                break;
            case JournalEntryKind.Thinned:
                Assert.True(ThinnedRowJson.TryRead(entry.Payload.Span, out var row));
                Assert.Equal(entry.Hub, row.Hub);
                Thinned[entry.Offset] = row;
                break;
            case JournalEntryKind.Loss:
                Assert.True(LossRecordJson.TryRead(entry.Payload.Span, out var loss));
                Assert.Equal(entry.Hub, loss.Hub);
                _losses[entry.Offset] = loss;
                break;
        }
    }

    /// <summary>Of these packets those that no row or record names: each names those in its range, as many as it says.</summary>
    public IReadOnlyList<(string Hub, long Boot, long Seq)> Unnamed(IEnumerable<(string Hub, long Boot, long Seq)> missing, string region)
    {
        var left = missing.ToHashSet();
        foreach (var row in Thinned.Values)
        {
            Name(row.Hub, row.Boot, row.FirstSeq, row.LastSeq, row.Packets);
        }

        foreach (var loss in Losses.Where(l => l.MissingIn.Contains(region)))
        {
            Name(loss.Hub, loss.Boot, loss.FirstSeq, loss.LastSeq, loss.Packets);
        }

        return [.. left.Order()];

        void Name(string hub, long boot, long first, long last, long packets)
        {
            for (var seq = first; seq <= last && packets > 0; seq++)
            {
                packets -= left.Remove((hub, boot, seq)) ? 1 : 0;
            }
        }
    }
}
