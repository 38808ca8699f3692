using System.Text;

namespace OutbackUptime.Ledger.Books;

/// <summary>The hubs' books by station and hub.</summary>
internal sealed class LedgerBook
{
    private readonly Dictionary<(string Station, string Hub), HubBook> _hubs = [];

    public IEnumerable<HubBook> Hubs => _hubs.Values.OrderBy(h => h.Station, StringComparer.Ordinal).ThenBy(h => h.Hub, StringComparer.Ordinal);

    public HubBook GetOrAdd(string station, string hub)
    {
        if (!_hubs.TryGetValue((station, hub), out var book))
        {
            _hubs[(station, hub)] = book = new HubBook(station, hub);
        }

        return book;
    }

    public HubBook? Find(ReadOnlySpan<byte> station, ReadOnlySpan<byte> hub) =>
        _hubs.GetValueOrDefault((Encoding.UTF8.GetString(station), Encoding.UTF8.GetString(hub)));

    public HubBook? Find(string station, string hub) => _hubs.GetValueOrDefault((station, hub));

    public void Close(int stores)
    {
        foreach (var hub in _hubs.Values)
        {
            hub.Close(stores);
        }
    }
}
