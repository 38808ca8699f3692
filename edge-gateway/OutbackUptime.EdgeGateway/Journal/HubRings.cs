using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The hubs' rings of recent packets. On the disk a packet first goes to the end of a log of arrivals, which costs a part of a page
/// whoever sent it; what is oldest there is moved to its hub's ring with all else of that hub that waits, and then cut off the log.
/// So a ring's page is written once for many packets. The log is bounded, and read whole at a start (docs/decisions/0021).
/// </summary>
/// <param name="database">The file.</param>
/// <param name="perHub">Offsets that the log may span, for each hub known.</param>
/// <param name="least">Offsets that it may span in any case.</param>
/// <param name="maxHubs">Hubs kept in memory; others are read again.</param>
internal sealed class HubRings(JournalDatabase database, int perHub, int least, int maxHubs)
{
    /// <summary>Offsets that the log should span at most, however many hubs there are: a start reads all of it.</summary>
    private const int MaxSpan = 1 << 15;

    /// <summary>Rows moved on in one commit, beside twice what it has added: hubs that send together must not be moved on together.</summary>
    private const int SettleStep = 64;

    private readonly Dictionary<string, Ring> _rings = new(StringComparer.Ordinal);

    // Those of which packets wait in the log, by the first of them.
    private readonly Queue<Ring> _waiting = new();
    private bool _isLoaded;
    private long _first;
    private long _last;
    private int _added;

    /// <summary>A hub's ring.</summary>
    public HubBoots Get(string hub, SqliteTransaction transaction)
    {
        Load(transaction);
        if (!_rings.TryGetValue(hub, out var ring))
        {
            MakeRoom(transaction);
            _rings[hub] = ring = new Ring(hub);
        }

        return ring.Boots ??= database.LoadHub(hub, ring.Waiting, transaction);
    }

    /// <summary>Keeps a packet that was put into its hub's ring, which was asked for within the same transaction.</summary>
    public void Add(RecentRow row, SqliteTransaction transaction)
    {
        database.AddArrival(row, transaction);
        Wait(_rings[row.Hub], row);
        _added++;
    }

    /// <summary>
    /// Keeps the log within its bounds, before each commit. It spans twice as much as it should at most: while it spans too much,
    /// a packet that comes moves two on.
    /// </summary>
    public void Settle(SqliteTransaction transaction)
    {
        if (!_isLoaded)
        {
            return;
        }

        var most = Math.Clamp((long)perHub * _rings.Count, least, MaxSpan);
        var left = SettleStep + (2 * _added);
        _added = 0;
        while (left > 0 && _waiting.TryPeek(out var oldest) && _last - oldest.Waiting[0].Offset >= most)
        {
            left -= oldest.Waiting.Count;
            SettleOldest(transaction);
        }

        // In steps, so that whole pages are let go.
        var end = _waiting.TryPeek(out var first) ? first.Waiting[0].Offset : _last + 1;
        if (end - _first > most / 8)
        {
            database.CutArrivals(end, transaction);
            _first = end;
        }
    }

    /// <summary>Forgets what is in memory: it may not be what the file says.</summary>
    public void Clear()
    {
        _rings.Clear();
        _waiting.Clear();
        (_isLoaded, _added) = (false, 0);
    }

    private void Load(SqliteTransaction transaction)
    {
        if (_isLoaded)
        {
            return;
        }

        Clear();
        (_first, _last) = (0, 0);
        foreach (var row in database.LoadArrivals(transaction))
        {
            if (!_rings.TryGetValue(row.Hub, out var ring))
            {
                _rings[row.Hub] = ring = new Ring(row.Hub);
            }

            // Some may be in the ring already. They go there again, and are not in the way of newer ones.
            Wait(ring, row);
        }

        _isLoaded = true;
    }

    private void Wait(Ring ring, in RecentRow row)
    {
        if (ring.Waiting.Count == 0)
        {
            _waiting.Enqueue(ring);
        }

        // The hub's name as it is kept already, not a packet's own copy.
        ring.Waiting.Add(row with { Hub = ring.Hub });
        _first = _first == 0 ? row.Offset : _first;
        _last = row.Offset;
    }

    private Ring SettleOldest(SqliteTransaction transaction)
    {
        var ring = _waiting.Dequeue();
        Span<bool> isNewer = stackalloc bool[HubBoots.Capacity];
        isNewer.Clear();
        for (var i = ring.Waiting.Count - 1; i >= 0; i--)
        {
            var row = ring.Waiting[i];
            if (!isNewer[row.Slot])
            {
                isNewer[row.Slot] = true;
                database.SaveRecent(row, transaction);
            }
        }

        ring.Waiting.Clear();
        return ring;
    }

    private void MakeRoom(SqliteTransaction transaction)
    {
        if (_rings.Count < maxHubs)
        {
            return;
        }

        foreach (var (hub, ring) in _rings)
        {
            if (ring.Waiting.Count == 0)
            {
                _rings.Remove(hub);
            }
        }

        while (_rings.Count > maxHubs * 7 / 8)
        {
            _rings.Remove(SettleOldest(transaction).Hub);
        }
    }

    private sealed class Ring(string hub)
    {
        public string Hub { get; } = hub;

        /// <summary>Null until it is asked for.</summary>
        public HubBoots? Boots { get; set; }

        /// <summary>What is in the log only, in order.</summary>
        public List<RecentRow> Waiting { get; } = [];
    }
}
