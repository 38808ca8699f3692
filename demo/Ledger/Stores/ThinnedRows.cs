using System.Text;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Stores;

/// <summary>Takes in a store's thinned rows: each names the packets whose place it takes, in every store.</summary>
internal sealed class ThinnedRows : IRowSink
{
    public const string Columns = "station, toString(journal_epoch), toUInt64(journal_offset), toUInt64(packets), hub, toUInt64(boot), toUInt64(first_seq), toUInt64(last_seq)";

    public List<NamedLoss> Records { get; } = [];

    public bool TryTake(ref RowBinaryCursor cursor)
    {
        if (!cursor.TryString(out var station) || !cursor.TryString(out var epoch) || !cursor.TryUInt64(out var offset) || !cursor.TryUInt64(out var packets)
            || !cursor.TryString(out var hub) || !cursor.TryUInt64(out var boot) || !cursor.TryUInt64(out var firstSeq) || !cursor.TryUInt64(out var lastSeq))
        {
            return false;
        }

        Records.Add(new NamedLoss(
            Encoding.UTF8.GetString(station), Encoding.UTF8.GetString(epoch), offset, "thinned", 0, packets, Encoding.UTF8.GetString(hub), boot, firstSeq, lastSeq, []));
        return true;
    }
}
