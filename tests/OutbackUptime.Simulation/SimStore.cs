using OutbackUptime.Domain.Dedupe;

namespace OutbackUptime.Simulation;

/// <summary>A row as a store keeps it: a packet by its key, or a quarantined entry by its place in the journal.</summary>
internal sealed record SimRow(PacketKey Key, ulong Hash, long Offset, bool Quarantined);

/// <summary>
/// One region's store. A write is durable some time after it was asked for, and only then answered; a crash in between may or may
/// not have kept it, and nobody learns which.
/// </summary>
internal sealed class SimStore(string region, World world)
{
    private readonly Random _random = new((world.Options.Seed * 31) + region[0]);
    private readonly Dictionary<PacketKey, HashSet<ulong>> _packets = [];
    private readonly HashSet<long> _quarantine = [];
    private readonly HashSet<ulong> _quarantinedHashes = [];
    private int _life;

    public string Region { get; } = region;

    public bool Up { get; private set; } = true;

    public bool Slow { get; set; }

    public void Crash()
    {
        Up = false;
        _life++;
    }

    public void Start() => Up = true;

    public bool Holds(SimRow row) => row.Quarantined ? _quarantine.Contains(row.Offset) : _packets.TryGetValue(row.Key, out var hashes) && hashes.Contains(row.Hash);

    public bool IsQuarantined(ulong hash) => _quarantinedHashes.Contains(hash);

    public IReadOnlyDictionary<PacketKey, HashSet<ulong>> Packets => _packets;

    /// <summary>Writes rows; the answer says whether they are durable, or comes never.</summary>
    public void Write(IReadOnlyList<SimRow> rows, Action<bool> answer)
    {
        if (!Up)
        {
            world.Clock.After(TimeSpan.FromMilliseconds(1), () => answer(false));
            return;
        }

        var life = _life;
        var delay = TimeSpan.FromMilliseconds(Slow ? 200 + _random.Next(4000) : 2 + _random.Next(20));
        var keptAtCrash = _random.NextDouble() < 0.5;
        var answerLost = !world.IsHealing && _random.NextDouble() < 0.03;
        world.Clock.After(delay, () =>
        {
            var crashed = life != _life;
            if (crashed && !keptAtCrash)
            {
                answer(false);
                return;
            }

            foreach (var row in rows)
            {
                Keep(row);
            }

            answer(!crashed && !answerLost);
        });
    }

    private void Keep(SimRow row)
    {
        if (row.Quarantined)
        {
            _quarantine.Add(row.Offset);
            _quarantinedHashes.Add(row.Hash);
            return;
        }

        if (!_packets.TryGetValue(row.Key, out var hashes))
        {
            _packets[row.Key] = hashes = [];
        }

        hashes.Add(row.Hash);
        if (hashes.Count > 1)
        {
            throw new InvariantBrokenException($"I3: store {Region} has {row.Key} with {hashes.Count} payloads at {world.Clock.Now:mm:ss.fff}");
        }
    }
}
