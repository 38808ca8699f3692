using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Domain.Overflow;

/// <summary>
/// Adds up packets, in journal order, into thinned rows. A row is ready when the journal's order has passed its quarter of an hour
/// by five minutes, or when more than <paramref name="maxPackets"/> packets are gathered.
/// </summary>
/// <param name="maxPackets">Bound of what is gathered.</param>
/// <param name="entryOverhead">Bytes that a journal entry takes beside its payload.</param>
public sealed class ThinningPass(int maxPackets, int entryOverhead)
{
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Hub, long Boot, DateTimeOffset Bucket), ThinningGroup> _open = [];
    private readonly Queue<ThinningGroup> _closed = [];

    /// <summary>Packets gathered and not yet taken or let go.</summary>
    public int Packets { get; private set; }

    /// <summary>Whether rows may be ready.</summary>
    public bool HasClosed => _closed.Count > 0;

    /// <summary>The oldest offset gathered; null when there is none.</summary>
    public long? FirstOffset => Packets == 0 ? null : _open.Values.Concat(_closed).Min(g => g.FirstOffset);

    /// <summary>Adds a packet.</summary>
    public void Add(ThinCandidate packet)
    {
        var key = (packet.Hub, packet.Boot, ThinnedRow.BucketOf(packet.EventTime));
        if (_open.TryGetValue(key, out var group) && !group.Takes(packet))
        {
            _closed.Enqueue(group);
            group = null;
        }

        if (group is null)
        {
            _open[key] = group = new ThinningGroup(packet.Hub, packet.Boot, key.Item3);
        }

        group.Add(packet);
        Packets++;
        if (Packets > maxPackets)
        {
            CloseAll();
        }
    }

    /// <summary>All that was received before has been added.</summary>
    public void CloseThrough(DateTimeOffset receivedAt)
    {
        foreach (var (key, group) in _open)
        {
            if (group.EndsAt + s_slack <= receivedAt)
            {
                _open.Remove(key);
                _closed.Enqueue(group);
            }
        }
    }

    /// <summary>No more packets will be added for now.</summary>
    public void CloseAll()
    {
        foreach (var group in _open.Values)
        {
            _closed.Enqueue(group);
        }

        _open.Clear();
    }

    /// <summary>Takes rows that are ready, until they stand for at least <paramref name="packets"/> packets. What doesn't pay is let go.</summary>
    public IReadOnlyList<ThinnedRun> Take(int packets)
    {
        List<ThinnedRun> runs = [];
        while (packets > 0 && _closed.TryDequeue(out var group))
        {
            Packets -= group.Packets;
            packets -= group.Packets;
            if (group.Close(entryOverhead) is { } run)
            {
                runs.Add(run);
            }
        }

        return runs;
    }
}
