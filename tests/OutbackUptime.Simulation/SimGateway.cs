using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Dedupe;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Regions;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Simulation;

/// <summary>
/// A gateway: its journal (what a commit has fsynced survives a power cut, nothing else does) and its uplink, which is the real
/// sender and the real region chooser on a simulated network.
/// </summary>
internal sealed class SimGateway(World world)
{
    private static readonly string[] s_regions = ["syd", "mel"];
    private static readonly TimeSpan s_canaryInterval = TimeSpan.FromSeconds(4);
    private readonly Random _random = new(world.Options.Seed * 41);

    // Durable.
    private readonly SortedDictionary<long, SimRow> _entries = [];
    private readonly Dictionary<long, SimRow> _everything = [];
    private readonly Dictionary<string, (AssignedBoot Assigned, Dictionary<int, RecentPacket> Recent)> _durableHubs = [];
    private Dictionary<string, OffsetRangeSet> _durableCommitted = s_regions.ToDictionary(r => r, _ => new OffsetRangeSet());
    private long _next = 1;

    // In memory.
    private readonly List<(SimPacket Packet, Action Ack)> _queue = [];
    private Dictionary<string, OffsetRangeSet> _committed = s_regions.ToDictionary(r => r, _ => new OffsetRangeSet());
    private Dictionary<string, HubBoots> _hubs = [];
    private UplinkSender _sender = null!;
    private RegionChooser _chooser = null!;
    private bool _up;
    private bool _committing;
    private int _life;
    private int _stream;
    private bool _connected;
    private WedgeWatch _watch = null!;
    private CanaryRule _rule = null!;
    private ConnectPatience _patience = null!;
    private long _canary;
    private long _canaries;
    private DateTimeOffset? _stuckSince;

    public int Depth => _entries.Count;

    public bool LinkUp { get; set; } = true;

    /// <summary>A region to which nothing gets through, while connections to it stay "up".</summary>
    public string? SwallowUp { get; set; }

    /// <summary>A region from which nothing gets through, while connections to it stay "up".</summary>
    public string? SwallowDown { get; set; }

    /// <summary>Offset range and row of everything that was ever journaled.</summary>
    public IReadOnlyDictionary<long, SimRow> Journaled => _everything;

    public void Start()
    {
        _up = true;
        _life++;
        _committed = _durableCommitted.ToDictionary(c => c.Key, c => c.Value.Clone());
        _hubs = [];
        var first = _entries.Count > 0 ? _entries.Keys.First() : _next;
        foreach (var set in _committed.Values)
        {
            set.Add(new OffsetRange(1, first - 1));
        }

        _sender = new UplinkSender(new UplinkSenderOptions { WindowFrames = 6, LiveReserve = 2, MaxFrameEntries = 8 }, _committed, first, _next, ReadRuns);
        _chooser = new RegionChooser(new RegionChooserOptions(), "syd", s_regions, _random);
        _rule = new CanaryRule(s_canaryInterval, _next, world.Clock.Now);
        _patience = new ConnectPatience(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        (_canary, _stuckSince) = (-1, null);
        Tick(_life);
        Connect();
    }

    public void PowerCut()
    {
        _up = _connected = _committing = false;
        _life++;
        _stream++;
        _queue.Clear();
    }

    /// <summary>A hub's publish. The ack is called when the packet may be acknowledged.</summary>
    public void Receive(SimPacket packet, Action ack)
    {
        if (!_up)
        {
            return;
        }

        if (world.Options.BreakAckBeforeCommit)
        {
            ack();
        }

        _queue.Add((packet, ack));
        if (!_committing)
        {
            BeginCommit();
        }
    }

    private void BeginCommit()
    {
        _committing = true;
        var life = _life;
        world.Clock.After(TimeSpan.FromMilliseconds(1 + _random.Next(10)), () =>
        {
            if (life == _life)
            {
                Commit();
            }
        });
    }

    /// <summary>The moment in which the fsync returns: all of it is durable from here on, none of it before.</summary>
    private void Commit()
    {
        var batch = _queue.ToArray();
        _queue.Clear();
        foreach (var (packet, _) in batch)
        {
            Journal(packet);
        }

        _durableCommitted = _committed.ToDictionary(c => c.Key, c => c.Value.Clone());
        Trim();
        foreach (var (packet, ack) in batch)
        {
            if (!world.Options.BreakAckBeforeCommit)
            {
                ack();
            }
        }

        _committing = false;
        _sender.OnAppended(_next);
        Pump();
        if (_queue.Count > 0)
        {
            BeginCommit();
        }
    }

    private void Journal(SimPacket packet)
    {
        if (packet.Bad)
        {
            Append(new SimRow(new PacketKey(packet.Hub, 0, 0), packet.Hash, _next, true));
            return;
        }

        if (!_durableHubs.TryGetValue(packet.Hub, out var durable))
        {
            _durableHubs[packet.Hub] = durable = (AssignedBoot.None, []);
        }

        if (!_hubs.TryGetValue(packet.Hub, out var hub))
        {
            _hubs[packet.Hub] = hub = new HubBoots(durable.Assigned, durable.Recent.Values);
        }

        var decision = hub.Decide(packet.Seq, packet.Boot, packet.Hash, world.Clock.Now, _random);
        var row = new SimRow(new PacketKey(packet.Hub, decision.Boot, packet.Seq), packet.Hash, _next, decision.Outcome == BootOutcome.Conflict);
        if (decision.Outcome == BootOutcome.Accept)
        {
            hub.Apply(decision, packet.Seq, packet.Hash);
            durable.Recent[HubBoots.Slot(packet.Seq)] = new RecentPacket(decision.Boot, packet.Seq, packet.Hash);
            _durableHubs[packet.Hub] = (hub.Assigned, durable.Recent);
        }

        if (decision.Outcome != BootOutcome.Duplicate)
        {
            Append(row);
        }
    }

    private void Append(SimRow row)
    {
        _entries[_next] = row;
        _everything[_next] = row;
        _next++;
    }

    private void Trim()
    {
        var safe = world.Options.BreakTrimAfterOneRegion
            ? _committed["syd"]
            : _committed["syd"].Intersect(_committed["mel"]);
        foreach (var offset in _entries.Keys.Where(safe.Contains).ToArray())
        {
            foreach (var store in world.Stores.Values)
            {
                if (!IsIn(store, _entries[offset]))
                {
                    throw new InvariantBrokenException($"I2: offset {offset} is trimmed and not in {store.Region}");
                }
            }

            _entries.Remove(offset);
        }

        _sender.OnTrimmed(_entries.Count > 0 ? _entries.Keys.First() : _next);
    }

    private static bool IsIn(SimStore store, SimRow row) => store.Holds(row) || store.IsQuarantined(row.Hash);

    private void Connect()
    {
        var (life, stream) = (_life, ++_stream);
        var attempt = _chooser.Next;
        world.Clock.After(attempt.NotBefore - world.Clock.Now, () =>
        {
            if (life != _life || stream != _stream)
            {
                return;
            }

            if (!LinkUp || !world.Silos[attempt.Region].Up)
            {
                Fail(wedged: false);
                return;
            }

            if (IsSwallowed(attempt.Region))
            {
                // Connected, and no Welcome.
                world.Clock.After(_patience.Limit, () =>
                {
                    if (life == _life && stream == _stream)
                    {
                        _patience.OnTimeout();
                        Fail(wedged: false);
                    }
                });
                return;
            }

            _connected = true;
            var took = TimeSpan.FromMilliseconds(20);
            _patience.OnWelcome(took);
            _watch = new WedgeWatch(new WedgeLimits(), world.Clock.Now, took, _chooser.WedgePatience);
            _sender.OnAppended(_next);
            _sender.OnStreamUp(6, 8, NewestPackets());
            if (_chooser.Current != _chooser.Home)
            {
                ProbeHome(life, stream);
            }

            Pump();
        });
    }

    private void ProbeHome(int life, int stream) => world.Clock.After(TimeSpan.FromSeconds(1), () =>
    {
        if (life != _life || stream != _stream)
        {
            return;
        }

        var home = world.Silos[_chooser.Home];
        if (_chooser.OnHomeProbe(LinkUp && home.Up && !IsSwallowed(_chooser.Home), world.Clock.Now))
        {
            Disconnect();
            Connect();
        }
        else
        {
            ProbeHome(life, stream);
        }
    });

    private void Fail(bool wedged)
    {
        Disconnect();
        if (wedged)
        {
            _chooser.OnWedged(world.Clock.Now);
        }
        else
        {
            _chooser.OnFailed(world.Clock.Now);
        }

        Connect();
    }

    private void Disconnect()
    {
        (_connected, _stuckSince) = (false, null);
        _sender.OnStreamDown();
    }

    private void Tick(int life) => world.Clock.After(TimeSpan.FromMilliseconds(100), () =>
    {
        if (life != _life)
        {
            return;
        }

        var now = world.Clock.Now;
        if (_connected)
        {
            var limit = TimeSpan.FromSeconds(10);
            if (!world.Silos[_chooser.Current].Up)
            {
                Fail(wedged: false);
            }
            else if (!world.Options.BreakWedgeUnnoticed && _watch.Check(_sender.Unheard, _sender.OwesReachable, now) != WedgeKind.None)
            {
                Fail(wedged: true);
            }
            else if (_sender.OnTick(now, _watch.AnswerLimit(limit), onlyHeardOf: _watch.IsSilentFor(limit, now)) > 0)
            {
                Fail(wedged: false);
            }
            else
            {
                Pump();
            }
        }

        CheckMoves(now);
        Canary(now);
        if (!_committing && world.IsHealing)
        {
            // Marks without packets: the journal writes them, too.
            BeginCommit();
        }

        Tick(life);
    });

    private void Pump()
    {
        while (_connected && _sender.Next(world.Clock.Now, backlogAllowed: true) is { } plan)
        {
            _watch.OnSent(_sender.Unheard == 1, world.Clock.Now);
            var offsets = plan.Ranges.SelectMany(r => Enumerable.Range(0, (int)r.Count).Select(i => r.First + i)).Where(_entries.ContainsKey).ToList();
            if (_random.NextDouble() < 0.1 && offsets.Count > 1)
            {
                // The rest did not fit by bytes.
                offsets.RemoveRange(offsets.Count / 2, offsets.Count - (offsets.Count / 2));
            }

            if (_sender.Narrow(plan, offsets) is { } narrowed)
            {
                Transmit(new SimFrame(narrowed.FrameId, [.. offsets.Select(o => _entries[o])], narrowed.OwedRegions));
            }
        }
    }

    private void Transmit(SimFrame frame)
    {
        var (region, life) = (_chooser.Current, _life);
        foreach (var delay in Deliveries())
        {
            world.Clock.After(delay, () =>
            {
                if (!LinkUp || SwallowUp == region)
                {
                    return;
                }

                world.Silos[region].Receive(frame, receipt => CheckAndReply(frame, receipt, region, life));
            });
        }
    }

    private void CheckAndReply(SimFrame frame, SimReceipt receipt, string region, int life)
    {
        foreach (var store in receipt.Committed)
        {
            if (frame.Rows.FirstOrDefault(r => !IsIn(world.Stores[store], r)) is { } missing)
            {
                throw new InvariantBrokenException($"I4: a receipt claims that {store} has {missing}, which it has not");
            }
        }

        foreach (var delay in Deliveries())
        {
            world.Clock.After(delay, () =>
            {
                if (life == _life && _up && LinkUp && SwallowDown != region)
                {
                    Take(receipt);
                }
            });
        }
    }

    private void Take(SimReceipt receipt)
    {
        var answer = receipt.Answer switch { SimAnswer.Partial => FrameAnswer.Partial, SimAnswer.Final => FrameAnswer.Final, _ => FrameAnswer.Retry };
        _watch.OnReceipt(_sender.SentAt(receipt.FrameId), world.Clock.Now);
        foreach (var news in _sender.OnReceipt(receipt.FrameId, answer, receipt.Committed, world.Clock.Now, _random.NextDouble()))
        {
            foreach (var range in world.Options.BreakWatermark ? [new OffsetRange(_sender.FirstOffset, news.Ranges[^1].Last)] : news.Ranges)
            {
                for (var offset = range.First; offset <= range.Last; offset++)
                {
                    if (!IsIn(world.Stores[news.Region], _everything[offset]))
                    {
                        throw new InvariantBrokenException($"I4: the gateway believes that {news.Region} has offset {offset}, which it has not");
                    }
                }

                _committed[news.Region].Add(range);
            }

            _chooser.OnCommit();
            _stuckSince = null;
            _watch.OnMoved(world.Clock.Now);
        }

        foreach (var (store, available) in receipt.Stores)
        {
            _sender.OnStoreState(store, available);
        }

        if (_connected)
        {
            Pump();
        }
    }

    private bool IsSwallowed(string region) => SwallowUp == region || SwallowDown == region;

    private IEnumerable<long> NewestPackets() => _entries.Where(e => !e.Value.Quarantined).GroupBy(e => e.Value.Key.Hub).Select(g => g.Max(e => e.Key));

    private List<HubRun> ReadRuns(OffsetRange range) =>
        [.. _entries.Where(e => e.Key >= range.First && e.Key <= range.Last).Take(50).Select(e => new HubRun(e.Value.Key.Hub, new OffsetRange(e.Key, e.Key)))];

    /// <summary>The gateway's own packet, by the real rule.</summary>
    private void Canary(DateTimeOffset now)
    {
        if (!_up || !_rule.IsDue(_next, () => !world.Options.BreakCanariesPileUp && _entries.ContainsKey(_canary), now))
        {
            return;
        }

        _canary = _next;
        Append(new SimRow(new PacketKey("gateway", _life, ++_canaries), ulong.MaxValue - (ulong)_canaries, _next, false));
        _sender.OnAppended(_next);
        // Of an earlier life one may be owed, too.
        var owed = _entries.Values.Count(e => e.Key is { Hub: "gateway", Boot: var boot } && boot == _life);
        if (owed > 1)
        {
            throw new InvariantBrokenException($"{owed} of the gateway's own packets are owed at once");
        }
    }

    /// <summary>A connection over which something is owed and nothing moves is left within 30 s (the first one; later ones have more patience).</summary>
    private void CheckMoves(DateTimeOffset now)
    {
        var owes = _connected && _sender.OwesReachable && _chooser.WedgePatience == 1;
        _stuckSince = owes ? _stuckSince ?? now : null;
        if (now - _stuckSince > TimeSpan.FromSeconds(30))
        {
            throw new InvariantBrokenException($"wedge: nothing has moved by {_chooser.Current} since {_stuckSince:mm:ss}, and it is {now:mm:ss}");
        }
    }

    /// <summary>A message on the network: late, out of order, lost, or twice.</summary>
    private IEnumerable<TimeSpan> Deliveries()
    {
        if (!world.IsHealing && _random.NextDouble() < 0.02)
        {
            yield break;
        }

        yield return TimeSpan.FromMilliseconds(2 + (_random.NextDouble() < 0.05 ? _random.Next(2000) : _random.Next(60)));
        if (_random.NextDouble() < 0.02)
        {
            yield return TimeSpan.FromMilliseconds(_random.Next(3000));
        }
    }
}
