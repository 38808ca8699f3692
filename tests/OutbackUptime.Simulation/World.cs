namespace OutbackUptime.Simulation;

/// <summary>Hubs, a gateway, a network, two regions and their stores, all broken at random by one seed, then healed and audited.</summary>
internal sealed class World
{
    private readonly Random _random;
    private readonly List<SimHub> _hubs = [];

    public World(SimOptions options)
    {
        Options = options;
        _random = new Random(options.Seed);
        Stores = new() { ["syd"] = new SimStore("syd", this), ["mel"] = new SimStore("mel", this) };
        Silos = new() { ["syd"] = new SimSilo("syd", this), ["mel"] = new SimSilo("mel", this) };
        Gateway = new SimGateway(this);
        for (var i = 0; i < options.Hubs; i++)
        {
            _hubs.Add(new SimHub(i, sendsBoot: i % 2 == 0, this));
        }
    }

    public SimOptions Options { get; }

    public VirtualClock Clock { get; } = new();

    public Dictionary<string, SimStore> Stores { get; }

    public Dictionary<string, SimSilo> Silos { get; }

    public SimGateway Gateway { get; }

    public bool IsHealing { get; private set; }

    /// <summary>Hubs publish nothing new.</summary>
    public bool HubsQuiet { get; private set; }

    /// <summary>Runs it; throws <see cref="InvariantBrokenException"/>.</summary>
    public SimResult Run()
    {
        Gateway.Start();
        _hubs.ForEach(h => h.Start());
        Break();
        Clock.RunUntil(Clock.Now + Options.Trouble, () => false);
        Heal();
        var healedAt = Clock.Now;
        Clock.RunUntil(healedAt + Options.HealLimit, () => Gateway.Depth == 0 && _hubs.TrueForAll(h => h.IsIdle));
        Audit();
        return new SimResult(_hubs.Sum(h => h.Acked.Count), Clock.Now - healedAt);
    }

    private void Break() => Clock.After(TimeSpan.FromMilliseconds(_random.Next(4000)), () =>
    {
        if (IsHealing)
        {
            return;
        }

        var region = _random.Next(2) == 0 ? "syd" : "mel";
        var (silo, store) = (Silos[region], Stores[region]);
        var duration = TimeSpan.FromMilliseconds(_random.Next(15_000));
        switch (_random.Next(14))
        {
            case 0:
                silo.Crash();
                store.Crash();
                Later(duration, silo.Start, store.Start);
                break;
            case 1:
                silo.Crash();
                Later(duration, silo.Start);
                break;
            case 2:
                store.Crash();
                Later(duration, store.Start);
                break;
            case 3:
                silo.Hung = true;
                Later(duration, () => silo.Hung = false);
                break;
            case 4:
                silo.Isolated = true;
                Later(duration, () => silo.Isolated = false);
                break;
            case 5:
                store.Slow = true;
                Later(duration, () => store.Slow = false);
                break;
            case 6:
                Gateway.LinkUp = false;
                Later(duration, () => Gateway.LinkUp = true);
                break;
            case 7:
                Gateway.PowerCut();
                Later(TimeSpan.FromMilliseconds(_random.Next(5000)), Gateway.Start);
                break;
            case 8:
                silo.Reactivate();
                break;
            case 9:
                Gateway.SwallowUp = region;
                Later(4 * duration, () => Gateway.SwallowUp = null);
                break;
            case 10:
                Gateway.SwallowDown = region;
                Later(4 * duration, () => Gateway.SwallowDown = null);
                break;
            case 11:
                silo.OnlyRetries = true;
                Later(4 * duration, () => silo.OnlyRetries = false);
                break;
            case 12:
                silo.Hung = true;
                Later(4 * duration, () => silo.Hung = false);
                break;
            case 13:
                HubsQuiet = true;
                Later(2 * duration, () => HubsQuiet = false);
                break;
        }

        Break();
    });

    private void Later(TimeSpan delay, params Action[] actions) => Clock.After(delay, () =>
    {
        if (!IsHealing)
        {
            Array.ForEach(actions, a => a());
        }
    });

    private void Heal()
    {
        IsHealing = true;
        foreach (var silo in Silos.Values)
        {
            (silo.Hung, silo.Isolated, silo.OnlyRetries) = (false, false, false);
            silo.Start();
        }

        foreach (var store in Stores.Values)
        {
            store.Slow = false;
            store.Start();
        }

        (Gateway.LinkUp, Gateway.SwallowUp, Gateway.SwallowDown) = (true, null, null);
        // Whatever it was doing, it restarts: also that must lose nothing.
        Gateway.PowerCut();
        Gateway.Start();
    }

    private void Audit()
    {
        if (Gateway.Depth > 0)
        {
            throw new InvariantBrokenException($"livelock: {Gateway.Depth} entries are still in the journal {Options.HealLimit.TotalSeconds} s after everything was healed");
        }

        foreach (var store in Stores.Values)
        {
            var held = store.Packets.SelectMany(p => p.Value).GroupBy(h => h).ToDictionary(g => g.Key, g => g.Count());
            foreach (var packet in _hubs.SelectMany(h => h.Acked))
            {
                var times = held.GetValueOrDefault(packet.Hash);
                if (times == 0 && !store.IsQuarantined(packet.Hash))
                {
                    throw new InvariantBrokenException($"I1/I2: {packet} was acknowledged and is not in {store.Region}");
                }

                if (times > 1)
                {
                    throw new InvariantBrokenException($"I3: {packet} reads {times} times in {store.Region}");
                }
            }
        }

        if (!Stores["syd"].Packets.Keys.ToHashSet().SetEquals(Stores["mel"].Packets.Keys))
        {
            throw new InvariantBrokenException("I6: the stores did not come out the same");
        }
    }
}
