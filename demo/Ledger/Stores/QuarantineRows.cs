using System.Text;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Stores;

/// <summary>Enters a store's quarantine in the books: deliberately bad payloads belong there, acknowledged packets don't.</summary>
internal sealed class QuarantineRows(LedgerBook book, int store) : IRowSink
{
    public const string Columns = "station, hub, CAST(reason_code, 'String'), payload";

    private readonly ContentHash _content = new();

    public long Rows { get; private set; }

    public bool TryTake(ref RowBinaryCursor cursor)
    {
        if (!cursor.TryString(out var station) || !cursor.TryString(out var hub) || !cursor.TryString(out var code) || !cursor.TryString(out var payload))
        {
            return false;
        }

        Rows++;
        if (book.Find(station, hub) is not { } hubBook)
        {
            return true;
        }

        var view = hubBook.Stores[store];
        view.Bad.Add(ContentHash.OfBytes(payload));
        if (PayloadReader.TryRead(payload.ToArray(), _content, out var boot, out var seq, out var hash) && hubBook.Find(boot, seq, hash) is >= 0 and var entry)
        {
            view.Quarantined[entry] = Encoding.UTF8.GetString(code);
        }

        return true;
    }
}
