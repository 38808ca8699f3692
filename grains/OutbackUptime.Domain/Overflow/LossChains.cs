using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Overflow;

/// <summary>
/// Names dropped entries, one record per hub, boot and lacking regions. A record that is still journaled grows: a later one
/// contains it, begins at the same first offset and takes its place. So a year of dropping leaves a record per hub and boot, and
/// past <paramref name="capacity"/> one for all the rest together.
/// </summary>
/// <param name="capacity">Most records that name a hub.</param>
public sealed class LossChains(int capacity)
{
    private readonly Dictionary<(string Hub, long Boot, string MissingIn), (long Offset, LossRecord Record)> _chains = [];

    /// <summary>Records that may still grow.</summary>
    public int Count => _chains.Count;

    /// <summary>A record is journaled at <paramref name="offset"/>. Those of other causes than this policy's are left alone.</summary>
    public void Add(long offset, LossRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Cause == LossCause.Evicted)
        {
            _chains[Key(record.Hub, record.Boot, record.MissingIn)] = (offset, record);
        }
    }

    /// <summary>Entries have been trimmed: records among them are in every store and must not change any more.</summary>
    public void OnTrimmed(IReadOnlyList<OffsetRange> ranges)
    {
        if (_chains.Count == 0 || ranges.Count == 0)
        {
            return;
        }

        var trimmed = new OffsetRangeSet(ranges);
        foreach (var (key, chain) in _chains)
        {
            if (trimmed.Contains(chain.Offset))
            {
                _chains.Remove(key);
            }
        }
    }

    /// <summary>
    /// The records that name the entries, which come in order of their offsets. Changes nothing: when they are journaled,
    /// <see cref="Add"/> them.
    /// </summary>
    public IReadOnlyList<NamedLoss> Name(IReadOnlyList<DroppedEntry> dropped)
    {
        ArgumentNullException.ThrowIfNull(dropped);
        Dictionary<(string, long, string), NamedLoss> named = [];
        foreach (var entry in dropped)
        {
            var key = Key(entry.Hub, entry.Boot, entry.MissingIn);
            if (!named.ContainsKey(key) && !_chains.ContainsKey(key) && _chains.Count + named.Count >= capacity)
            {
                key = Key("", 0, entry.MissingIn);
            }

            if (!named.TryGetValue(key, out var loss))
            {
                // An entry before the record's first begins another: the first offset tells which record took which one's place.
                loss = _chains.TryGetValue(key, out var chain) && chain.Record.FirstOffset <= entry.Offset ? new NamedLoss(chain.Record, chain.Offset) : null;
            }

            named[key] = loss is null ? new NamedLoss(First(key.Item1, entry), null) : loss with { Record = With(loss.Record, entry) };
        }

        return [.. named.Values];
    }

    private static (string, long, string) Key(string hub, long boot, IReadOnlyList<string> missingIn) => (hub, boot, string.Join(',', missingIn));

    private static LossRecord First(string hub, DroppedEntry e) => hub.Length == 0
        ? new LossRecord(LossCause.Evicted, e.Offset, e.Offset, e.Packets, "", 0, 0, 0, e.MissingIn, "Dropped at the journal's quota; another region has them. Several hubs'.")
        : new LossRecord(LossCause.Evicted, e.Offset, e.Offset, e.Packets, hub, e.Boot, e.FirstSeq, e.LastSeq, e.MissingIn, "Dropped at the journal's quota; another region has them.");

    private static LossRecord With(LossRecord r, DroppedEntry e) => r with
    {
        LastOffset = Math.Max(r.LastOffset, e.Offset),
        Packets = r.Packets + e.Packets,
        FirstSeq = r.Hub.Length == 0 ? 0 : Math.Min(r.FirstSeq, e.FirstSeq),
        LastSeq = r.Hub.Length == 0 ? 0 : Math.Max(r.LastSeq, e.LastSeq),
    };
}
