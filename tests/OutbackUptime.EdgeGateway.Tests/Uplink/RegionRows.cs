using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>Both regions' stores: what was committed, by offset, with how often it was asked for.</summary>
internal sealed class RegionRows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<long, (string Payload, int Times)>> _rows = new() { ["syd"] = [], ["mel"] = [] };

    public void Commit(string region, IEnumerable<Entry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                var times = _rows[region].TryGetValue(entry.Offset, out var row) ? row.Times : 0;
                _rows[region][entry.Offset] = (entry.Payload.ToStringUtf8(), times + 1);
            }
        }
    }

    /// <summary>Offsets 1 to <paramref name="last"/> are there, each with its own payload.</summary>
    public bool IsWhole(string region, long last)
    {
        lock (_lock)
        {
            return Enumerable.Range(1, (int)last).All(o => _rows[region].TryGetValue(o, out var row) && row.Payload.TrimEnd() == $"{o}");
        }
    }

    public bool Has(string region, long offset)
    {
        lock (_lock)
        {
            return _rows[region].ContainsKey(offset);
        }
    }

    public int MostTimes(string region)
    {
        lock (_lock)
        {
            return _rows[region].Values.Max(r => r.Times);
        }
    }
}
