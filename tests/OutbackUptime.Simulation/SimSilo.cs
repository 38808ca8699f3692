using OutbackUptime.Domain.Dedupe;

namespace OutbackUptime.Simulation;

/// <summary>
/// A region's silo with its activation of the station's grain. Each region may have one: an isolated region goes on serving while
/// the other has taken over (I6). Dedupes with the very class that the grain uses.
/// </summary>
internal sealed class SimSilo(string region, World world)
{
    private readonly Random _random = new((world.Options.Seed * 37) + region[0]);
    private Dictionary<string, RegionDedupe> _dedupe = [];
    private readonly Dictionary<(string Store, long WriteId), List<Action<bool>>> _waiting = [];
    private int _life;

    public bool Up { get; private set; } = true;

    /// <summary>Takes frames and never answers.</summary>
    public bool Hung { get; set; }

    /// <summary>Answers every frame with RETRY.</summary>
    public bool OnlyRetries { get; set; }

    /// <summary>Does not reach the other region's store.</summary>
    public bool Isolated { get; set; }

    public void Crash()
    {
        Up = false;
        _life++;
        _dedupe = [];
        _waiting.Clear();
    }

    public void Start() => Up = true;

    /// <summary>An activation forgets all and recovers from the stores.</summary>
    public void Reactivate()
    {
        _dedupe = [];
        _life++;
        _waiting.Clear();
    }

    public void Receive(SimFrame frame, Action<SimReceipt> reply)
    {
        if (!Up || Hung)
        {
            return;
        }

        if (OnlyRetries || (_random.NextDouble() < 0.01 && !world.IsHealing))
        {
            reply(new SimReceipt(frame.Id, SimAnswer.Retry, [], StoreStates()));
            return;
        }

        var life = _life;
        var committed = new List<string>();
        var open = frame.Owed.Count;
        foreach (var store in frame.Owed)
        {
            Commit(store, frame, ok =>
            {
                if (life != _life || !Up || Hung)
                {
                    return;
                }

                if (ok)
                {
                    committed.Add(store);
                }

                open--;
                var claims = world.Options.BreakReceiptClaimsAllOwed ? [.. frame.Owed] : committed.ToArray();
                reply(new SimReceipt(world.Options.BreakReceiptNamesFrameBefore ? frame.Id - 1 : frame.Id, open == 0 ? SimAnswer.Final : SimAnswer.Partial, claims, StoreStates()));
            });
        }
    }

    private Dictionary<string, bool> StoreStates() => world.Stores.ToDictionary(s => s.Key, s => Reaches(s.Key) && s.Value.Up);

    private bool Reaches(string store) => store == region || !Isolated;

    private void Commit(string store, SimFrame frame, Action<bool> done)
    {
        if (!Reaches(store))
        {
            world.Clock.After(TimeSpan.FromMilliseconds(50), () => done(false));
            return;
        }

        var dedupe = DedupeOf(store);
        var packets = frame.Rows.Where(r => !r.Quarantined).ToList();
        var plan = dedupe.Plan([.. packets.Select(r => new DedupeEntry(KeyOf(r), r.Hash))]);
        var rows = frame.Rows.Where(r => r.Quarantined).ToList();
        for (var i = 0; i < packets.Count; i++)
        {
            if (plan.Verdicts[i] == DedupeVerdict.Write)
            {
                rows.Add(packets[i]);
            }
            else if (plan.Verdicts[i] == DedupeVerdict.Conflict)
            {
                rows.Add(packets[i] with { Quarantined = true });
            }
        }

        var left = 1 + plan.WaitsFor.Count;
        var ok = true;
        void OnPart(bool part)
        {
            ok &= part;
            if (--left == 0)
            {
                done(ok);
            }
        }

        foreach (var other in plan.WaitsFor)
        {
            _waiting[(store, other)].Add(OnPart);
        }

        var life = _life;
        _waiting[(store, plan.WriteId)] = [];
        if (world.Options.BreakRecordBeforeCommit)
        {
            dedupe.Complete(plan.WriteId, committed: true);
        }

        void OnWritten(bool written)
        {
            if (life != _life)
            {
                return;
            }

            if (!world.Options.BreakRecordBeforeCommit)
            {
                dedupe.Complete(plan.WriteId, written);
            }

            _waiting.Remove((store, plan.WriteId), out var others);
            OnPart(written);
            others?.ForEach(o => o(written));
        }

        if (rows.Count == 0)
        {
            OnWritten(true);
        }
        else
        {
            world.Stores[store].Write(rows, OnWritten);
        }
    }

    private RegionDedupe DedupeOf(string store)
    {
        if (!_dedupe.TryGetValue(store, out var dedupe))
        {
            _dedupe[store] = dedupe = new RegionDedupe(new DedupeLimits(64, 3, 100));
            // Recovery may fail: then it starts empty, and rows are written again.
            if (world.Stores[store].Up && _random.NextDouble() < 0.8)
            {
                dedupe.Recover(world.Stores[store].Packets.OrderBy(p => p.Key.Boot).ThenBy(p => p.Key.Seq)
                    .SelectMany(p => p.Value.Select(h => new DedupeEntry(world.Options.BreakSeqOnlyKey ? p.Key with { Boot = 0 } : p.Key, h))));
            }
        }

        return dedupe;
    }

    private PacketKey KeyOf(SimRow row) => world.Options.BreakSeqOnlyKey ? row.Key with { Boot = 0 } : row.Key;
}
