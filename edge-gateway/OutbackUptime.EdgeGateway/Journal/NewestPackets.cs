namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The newest packet of each hub. Of hubs that have published since the start it is known by heart; of others it is looked up once,
/// among the newest <see cref="MaxLookedAt"/> entries, when it is first asked for. Thread-safe.
/// </summary>
internal sealed class NewestPackets(Func<long, IEnumerable<(string Hub, long Offset)>> read, long nextAtStart)
{
    /// <summary>Entries looked at, so that a long journal does not hold up a connection.</summary>
    public const long MaxLookedAt = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
    private bool _lookedUp;

    public void OnAppended(JournalEntry entry)
    {
        if (entry.Kind == JournalEntryKind.Packet)
        {
            lock (_lock)
            {
                _newest[entry.Hub] = entry.Offset;
            }
        }
    }

    public IReadOnlyList<long> All()
    {
        LookUp();
        lock (_lock)
        {
            return [.. _newest.Values];
        }
    }

    private void LookUp()
    {
        if (_lookedUp)
        {
            return;
        }

        // Not under the lock: appends go on meanwhile, and what they say is newer.
        var found = read(Math.Max(1, nextAtStart - MaxLookedAt)).ToList();
        lock (_lock)
        {
            _lookedUp = true;
            foreach (var (hub, offset) in found)
            {
                _newest.TryAdd(hub, offset);
            }
        }
    }
}
