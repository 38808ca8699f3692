namespace OutbackUptime.Ledger.Books;

/// <summary>
/// All that gateways gave up by name, from whichever store or journal has the record. A record explains as many missing packets
/// of a store as it says, within its range, and no more.
/// </summary>
internal sealed class LossBook
{
    private readonly Dictionary<(string, string, string, string, ulong, ulong), NamedLoss> _records = [];
    private readonly Dictionary<(NamedLoss Record, string Region), ulong> _used = [];
    private ILookup<(string Station, string Hub), NamedLoss>? _byHub;

    /// <summary>Adds a record. A later one of the same cause, hub, boot and first offset contains the earlier and takes its place.</summary>
    public void Add(NamedLoss record)
    {
        // Thinned rows never grow: each is itself.
        var first = record.Cause == "thinned" ? record.Offset : record.FirstOffset;
        var key = (record.Station, record.Epoch, record.Cause, record.Hub, record.Boot, first);
        if (!_records.TryGetValue(key, out var known) || known.Offset < record.Offset)
        {
            _records[key] = record;
        }
    }

    /// <summary>The cause why a store lacks a packet, or null when no record has room for it. Ask in order of boot and seq.</summary>
    public string? Explain(HubBook hub, BookEntry entry, string region) =>
        Use(Of(hub.Station, hub.Hub).Where(r => r.Covers(entry)), region) ?? Use(Of(hub.Station, ""), region);

    /// <summary>The cause why a store's quarantine lacks a payload that was no packet, or null.</summary>
    public string? ExplainBad(HubBook hub, string region) =>
        Use(Of(hub.Station, hub.Hub).Where(r => r.IsUnnumbered), region) ?? Use(Of(hub.Station, ""), region);

    private IEnumerable<NamedLoss> Of(string station, string hub)
    {
        // In order of their ends: what is asked in order of seq takes from the record that ends first, so that no room is wasted.
        _byHub ??= _records.Values.OrderBy(r => r.LastSeq).ThenBy(r => r.Offset).ToLookup(r => (r.Station, r.Hub));
        return _byHub[(station, hub)];
    }

    private string? Use(IEnumerable<NamedLoss> records, string region)
    {
        foreach (var record in records.Where(r => r.Concerns(region)))
        {
            var used = _used.GetValueOrDefault((record, region));
            if (used < record.Packets)
            {
                _used[(record, region)] = used + 1;
                return record.Cause;
            }
        }

        return null;
    }
}
