using OutbackUptime.Ledger.Books;
using OutbackUptime.Ledger.Report;
using OutbackUptime.Ledger.Stores;

namespace OutbackUptime.Ledger;

/// <summary>Goes through the filled books and draws up the result. No I/O.</summary>
internal sealed class LedgerAudit(LedgerInputs inputs, LedgerBook book, LossBook losses, IReadOnlyList<StoreReading> stores, long journalRemaining)
{
    private const string InJournal = "in-journal";
    private readonly RangeList _missing = new();
    private readonly RangeList _named = new();
    private readonly RangeList _duplicates = new();
    private readonly RangeList _altered = new();
    private readonly RangeList _phantoms = new();
    private readonly RangeList _differences = new();
    private long _onTheWay;
    private long _quarantined;

    public LedgerResult Run()
    {
        var lines = new List<LedgerLine>();
        var recordedHubs = book.Hubs.ToList();
        foreach (var hub in recordedHubs)
        {
            lines.Add(Audit(hub));
        }

        lines.AddRange(Strangers());
        var totals = stores.ToDictionary(
            s => s.Region,
            s => lines.Select(l => l.Stores.GetValueOrDefault(s.Region, StoreCounts.None)).Aggregate(StoreCounts.None, (a, b) => a + b));
        var reasons = Reasons();
        return new LedgerResult
        {
            Hubs = recordedHubs.Count,
            Published = lines.Sum(l => l.Published),
            Acknowledged = lines.Sum(l => l.Acknowledged),
            Bad = lines.Sum(l => l.Bad),
            Stores = stores.ToDictionary(s => s.Region, s => Of(totals[s.Region], s)),
            Quarantined = _quarantined,
            JournalRemaining = journalRemaining,
            Missing = [.. _missing.Ranges, .. _named.Ranges],
            Duplicates = _duplicates.Ranges,
            Altered = _altered.Ranges,
            Phantoms = _phantoms.Ranges,
            Differences = _differences.Ranges,
            Lines = lines,
            Verdict = reasons.Count == 0 ? "pass" : "fail",
            Reasons = reasons,
        };
    }

    private static StoreResult Of(StoreCounts c, StoreReading s) =>
        new(c.Rows, c.Missing, c.Duplicates, c.Altered, c.Phantom, s.Quarantined, s.PhysicalDuplicates, s.Packets.GuestRows)
        {
            Evicted = c.Evicted,
            Thinned = c.Thinned,
            Damaged = c.Damaged,
        };

    private LedgerLine Audit(HubBook hub)
    {
        var counts = new Dictionary<string, StoreCounts>(StringComparer.Ordinal);
        for (var store = 0; store < stores.Count; store++)
        {
            hub.ResolveAltered(store);
            var before = (_missing.Packets, _duplicates.Packets);
            Dictionary<string, long> named = new(StringComparer.Ordinal);
            AuditPackets(hub, store, named);
            AuditBad(hub, store, named);
            AuditRows(hub, store);
            var view = hub.Stores[store];
            counts[stores[store].Region] = new StoreCounts(
                view.Rows, _missing.Packets - before.Item1, _duplicates.Packets - before.Item2, view.AlteredRows.Count, view.Phantoms.Count)
            {
                Evicted = named.GetValueOrDefault("evicted"),
                Thinned = named.GetValueOrDefault("thinned"),
                Damaged = named.GetValueOrDefault("damaged"),
            };
        }

        var differences = _differences.Packets;
        AuditDifferences(hub);
        _quarantined += hub.Bad.Count(bad => hub.Stores.All(s => s.Bad.Contains(bad)));
        return new LedgerLine(
            hub.Station, hub.Hub, hub.Entries.Length, hub.Acknowledged, hub.Bad.Count, hub.Journaled.Count, counts, _differences.Packets - differences);
    }

    private void AuditPackets(HubBook hub, int store, Dictionary<string, long> named)
    {
        var (view, region) = (hub.Stores[store], stores[store].Region);
        for (var i = 0; i < hub.Entries.Length; i++)
        {
            var entry = hub.Entries[i];
            var seen = view.Seen(i);
            if (seen == 0 && entry.Acknowledged && !view.IsAltered(i))
            {
                var cause = Quarantined(hub, i);
                if (cause is null && losses.Explain(hub, entry, region) is { } loss)
                {
                    named[loss] = named.GetValueOrDefault(loss) + 1;
                    _named.Add(hub, entry.Boot, entry.Seq, region, loss);
                    continue;
                }

                cause ??= hub.Journaled.Contains(i) ? InJournal : "lost";
                _onTheWay += cause == InJournal ? 1 : 0;
                _missing.Add(hub, entry.Boot, entry.Seq, region, cause);
            }

            for (var more = 1; more < seen; more++)
            {
                _duplicates.Add(hub, entry.Boot, entry.Seq, region, "duplicate");
            }
        }
    }

    private static string? Quarantined(HubBook hub, int entry)
    {
        foreach (var view in hub.Stores)
        {
            if (view.Quarantined.TryGetValue(entry, out var code))
            {
                return $"quarantined:{code}";
            }
        }

        return null;
    }

    private void AuditBad(HubBook hub, int store, Dictionary<string, long> named)
    {
        var absent = hub.Bad.Where(bad => !hub.Stores[store].Bad.Contains(bad)).ToList();
        var onTheWay = absent.Count(hub.JournaledBad.Contains);
        var region = stores[store].Region;
        _onTheWay += onTheWay;
        _missing.AddUnnumbered(hub, onTheWay, region, InJournal);
        var lost = absent.Count - onTheWay;
        for (; lost > 0 && losses.ExplainBad(hub, region) is { } loss; lost--)
        {
            named[loss] = named.GetValueOrDefault(loss) + 1;
            _named.AddUnnumbered(hub, 1, region, loss);
        }

        _missing.AddUnnumbered(hub, lost, region, "not-in-quarantine");
    }

    private void AuditRows(HubBook hub, int store)
    {
        var (view, region) = (hub.Stores[store], stores[store].Region);
        foreach (var row in view.AlteredRows.OrderBy(r => (r.KeyBoot, r.Seq)))
        {
            _altered.Add(hub, row.KeyBoot, row.Seq, region, "altered");
        }

        foreach (var (boot, seq) in view.Phantoms.Order())
        {
            _phantoms.Add(hub, boot, seq, region, "phantom");
        }
    }

    /// <summary>What was never acknowledged may be in the stores or not; but journaled once, it must come out the same in all.</summary>
    private void AuditDifferences(HubBook hub)
    {
        for (var i = 0; i < hub.Entries.Length; i++)
        {
            var entry = hub.Entries[i];
            var showing = stores.Where((_, s) => hub.Stores[s].Seen(i) > 0 || hub.Stores[s].IsAltered(i)).Select(s => s.Region).ToList();
            if (showing.Count > 0 && showing.Count < stores.Count && !entry.Acknowledged)
            {
                if (stores.Where(s => !showing.Contains(s.Region)).All(s => losses.Explain(hub, entry, s.Region) is not null))
                {
                    continue;
                }

                var onTheWay = hub.Journaled.Contains(i);
                _onTheWay += onTheWay ? 1 : 0;
                _differences.Add(hub, entry.Boot, entry.Seq, string.Join('+', showing), onTheWay ? InJournal : "only here, never acknowledged");
            }
            else if (entry.Boot == BookEntry.NoBoot && hub.Stores.All(s => s.Seen(i) > 0) && hub.Stores.Select(s => s.AssignedBoot(i)).Distinct().Count() > 1)
            {
                _differences.Add(hub, entry.Boot, entry.Seq, string.Join('+', showing), "under different boots");
            }
        }
    }

    /// <summary>Rows of hubs that stand in no record.</summary>
    private IEnumerable<LedgerLine> Strangers()
    {
        foreach (var store in stores)
        {
            foreach (var ((station, hub), rows) in store.Packets.Strangers.OrderBy(s => s.Key))
            {
                var stranger = new HubBook(station, hub);
                foreach (var (boot, seq) in rows.Order())
                {
                    _phantoms.Add(stranger, boot, seq, store.Region, "phantom: no record of this hub");
                }

                var counts = new Dictionary<string, StoreCounts>(StringComparer.Ordinal) { [store.Region] = new(rows.Count, 0, 0, 0, rows.Count) };
                yield return new LedgerLine(station, hub, 0, 0, 0, 0, counts, 0);
            }
        }
    }

    private List<string> Reasons()
    {
        var tolerated = inputs.StoresWhole ? 0 : _onTheWay;
        var amiss = _missing.Packets + _differences.Packets - tolerated;
        var reasons = new List<string>();
        if (amiss > 0)
        {
            reasons.Add($"{_missing.Packets} acknowledged packets missing, {_differences.Packets} not alike in all stores ({_onTheWay} of these still in a journal)");
        }

        Add(_duplicates.Packets, "rows too many");
        Add(_altered.Packets, "rows altered");
        Add(_phantoms.Packets, "rows that no hub published");
        return reasons;

        void Add(long count, string what)
        {
            if (count > 0)
            {
                reasons.Add($"{count} {what}");
            }
        }
    }
}
