using System.Runtime.InteropServices;

namespace OutbackUptime.Ledger.Books;

/// <summary>All that one hub published and saw acknowledged, and what each store shows of it.</summary>
internal sealed class HubBook(string station, string hub)
{
    private readonly List<BookEntry> _open = [];
    private BookEntry[] _entries = [];

    public string Station { get; } = station;

    public string Hub { get; } = hub;

    /// <summary>Sorted by boot, seq, hash; each packet once.</summary>
    public ReadOnlySpan<BookEntry> Entries => _entries;

    /// <summary>One per store, in the order of the inputs.</summary>
    public StoreView[] Stores { get; private set; } = [];

    /// <summary>Hashes of deliberately bad payloads that were acknowledged.</summary>
    public HashSet<ulong> Bad { get; } = [];

    /// <summary>Entries that a journal still holds.</summary>
    public HashSet<int> Journaled { get; } = [];

    /// <summary>Bad payloads that a journal still holds.</summary>
    public HashSet<ulong> JournaledBad { get; } = [];

    public long Acknowledged { get; private set; }

    public void Add(ulong boot, ulong seq, ulong hash, bool acknowledged) =>
        _open.Add(new BookEntry { Boot = boot, Seq = seq, Hash = hash, Acknowledged = acknowledged });

    /// <summary>Sorts, and joins lines of the same packet. Nothing can be added afterwards.</summary>
    public void Close(int stores)
    {
        _open.Sort();
        var lines = CollectionsMarshal.AsSpan(_open);
        var count = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (count > 0 && lines[count - 1].CompareTo(lines[i]) == 0)
            {
                lines[count - 1].Acknowledged |= lines[i].Acknowledged;
            }
            else
            {
                lines[count++] = lines[i];
            }
        }

        _entries = lines[..count].ToArray();
        _open.Clear();
        _open.TrimExcess();
        Acknowledged = _entries.LongCount(e => e.Acknowledged);
        var hasUnbooted = count > 0 && _entries[^1].Boot == BookEntry.NoBoot;
        Stores = [.. Enumerable.Range(0, stores).Select(_ => new StoreView(count, hasUnbooted))];
    }

    /// <summary>The packet's entry, or -1. A boot that the hub never sent is one that its gateway assigned.</summary>
    public int Find(ulong boot, ulong seq, ulong hash)
    {
        var sent = Array.BinarySearch(_entries, new BookEntry { Boot = boot, Seq = seq, Hash = hash });
        return sent >= 0 ? sent : Math.Max(-1, Array.BinarySearch(_entries, new BookEntry { Boot = BookEntry.NoBoot, Seq = seq, Hash = hash }));
    }

    /// <summary>The entries published under a key: from, to (exclusive).</summary>
    public (int From, int To) FindKey(ulong boot, ulong seq)
    {
        var from = Array.BinarySearch(_entries, new BookEntry { Boot = boot, Seq = seq, Hash = 0 });
        from = from < 0 ? ~from : from;
        var to = from;
        while (to < _entries.Length && _entries[to].Boot == boot && _entries[to].Seq == seq)
        {
            to++;
        }

        return (from, to);
    }

    /// <summary>Takes in one row of a store.</summary>
    public void See(int store, ulong boot, ulong seq, ulong hash)
    {
        var view = Stores[store];
        view.Rows++;
        if (Find(boot, seq, hash) is >= 0 and var entry)
        {
            view.See(entry, boot);
            return;
        }

        var sent = FindKey(boot, seq);
        var key = sent.To > sent.From ? boot : BookEntry.NoBoot;
        var unbooted = FindKey(BookEntry.NoBoot, seq);
        if (sent.To > sent.From || unbooted.To > unbooted.From)
        {
            view.AlteredRows.Add(new AlteredRow(key, seq, boot));
        }
        else
        {
            view.Phantoms.Add((boot, seq));
        }
    }

    /// <summary>
    /// Tells which packets the altered rows of a store stand for: those of the same key that the store does not show rightly.
    /// A row too many under a boot that a gateway assigned is a phantom.
    /// </summary>
    public void ResolveAltered(int store)
    {
        var view = Stores[store];
        for (var i = 0; i < view.AlteredRows.Count; i++)
        {
            var row = view.AlteredRows[i];
            var (from, to) = FindKey(row.KeyBoot, row.Seq);
            var entry = from;
            while (entry < to && (view.Seen(entry) > 0 || view.IsAltered(entry)))
            {
                entry++;
            }

            if (entry < to)
            {
                view.MarkAltered(entry);
            }
            else if (row.KeyBoot == BookEntry.NoBoot)
            {
                view.Phantoms.Add((row.RowBoot, row.Seq));
                view.AlteredRows.RemoveAt(i--);
            }
        }
    }
}
