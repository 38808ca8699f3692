using System.Text;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Stores;

/// <summary>Enters a store's packets in the books.</summary>
internal sealed class PacketRows(LedgerBook book, int store, IReadOnlySet<string> guests) : IRowSink
{
    public const string Columns = "station, hub, toUInt64(boot), toUInt64(seq), toUnixTimestamp64Milli(hub_time), CAST(metrics, 'Map(String, Float64)')";

    /// <summary>The hub under whose name gateways send canaries of their own: no record has them.</summary>
    private const string GatewayHub = "gateway";

    private readonly ContentHash _content = new();
    private byte[] _station = [];
    private byte[] _hub = [];
    private HubBook? _book;
    private bool _isGuest;

    /// <summary>Rows taken in; without guests'.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of guests and of gateways themselves.</summary>
    public long GuestRows { get; private set; }

    /// <summary>Rows of hubs that stand in no record.</summary>
    public Dictionary<(string Station, string Hub), List<(ulong Boot, ulong Seq)>> Strangers { get; } = [];

    public bool TryTake(ref RowBinaryCursor cursor)
    {
        _content.Clear();
        if (!cursor.TryString(out var station) || !cursor.TryString(out var hub) || !cursor.TryUInt64(out var boot) || !cursor.TryUInt64(out var seq)
            || !cursor.TryNullableInt64(out var hubTime) || !cursor.TryCount(out var metrics))
        {
            return false;
        }

        for (var i = 0; i < metrics; i++)
        {
            if (!cursor.TryString(out var name) || !cursor.TryDouble(out var value))
            {
                return false;
            }

            _content.Add(name, value);
        }

        Choose(station, hub);
        if (_isGuest)
        {
            GuestRows++;
            return true;
        }

        Rows++;
        if (_book is not null)
        {
            _book.See(store, boot, seq, _content.Compute(hubTime));
            return true;
        }

        var key = (Encoding.UTF8.GetString(station), Encoding.UTF8.GetString(hub));
        if (!Strangers.TryGetValue(key, out var rows))
        {
            Strangers[key] = rows = [];
        }

        rows.Add((boot, seq));
        return true;
    }

    /// <summary>Rows come by key: most are of the same hub as the one before.</summary>
    private void Choose(ReadOnlySpan<byte> station, ReadOnlySpan<byte> hub)
    {
        if (hub.SequenceEqual(_hub) && station.SequenceEqual(_station))
        {
            return;
        }

        (_station, _hub) = (station.ToArray(), hub.ToArray());
        _book = book.Find(station, hub);
        _isGuest = guests.Contains(Encoding.UTF8.GetString(hub)) || hub.SequenceEqual(Encoding.UTF8.GetBytes(GatewayHub));
    }
}
