using System.Text;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Stores;

/// <summary>Takes in a store's loss records.</summary>
internal sealed class LossRows : IRowSink
{
    public const string Columns = "station, toString(journal_epoch), toUInt64(journal_offset), CAST(cause, 'String'), toUInt64(first_offset), toUInt64(packets), hub, toUInt64(boot), toUInt64(first_seq), toUInt64(last_seq), arrayStringConcat(missing_in, ',')";

    public List<NamedLoss> Records { get; } = [];

    public bool TryTake(ref RowBinaryCursor cursor)
    {
        if (!cursor.TryString(out var station) || !cursor.TryString(out var epoch) || !cursor.TryUInt64(out var offset) || !cursor.TryString(out var cause)
            || !cursor.TryUInt64(out var first) || !cursor.TryUInt64(out var packets) || !cursor.TryString(out var hub) || !cursor.TryUInt64(out var boot)
            || !cursor.TryUInt64(out var firstSeq) || !cursor.TryUInt64(out var lastSeq) || !cursor.TryString(out var missingIn))
        {
            return false;
        }

        Records.Add(new NamedLoss(
            Text(station), Text(epoch), offset, Text(cause), first, packets, Text(hub), boot, firstSeq, lastSeq, Text(missingIn).Split(',', StringSplitOptions.RemoveEmptyEntries)));
        return true;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
