namespace OutbackUptime.Simulation;

/// <summary>A hub: publishes, keeps what is not acknowledged, restarts, repeats itself.</summary>
internal sealed class SimHub(int number, bool sendsBoot, World world)
{
    private readonly Random _random = new((world.Options.Seed * 43) + number);
    private readonly Queue<SimPacket> _unacked = new();
    private readonly List<SimPacket> _acked = [];
    private long _boot = 1;
    private long _seq;
    private ulong _made;
    private bool _sending;
    private int _ackedThisLife;
    private int _life;

    public IReadOnlyList<SimPacket> Acked => _acked;

    public bool IsIdle => _unacked.Count == 0;

    public void Start() => world.Clock.After(Jitter(1000), Publish);

    private void Publish()
    {
        if (world.IsHealing)
        {
            Send();
            return;
        }

        if (world.HubsQuiet)
        {
            world.Clock.After(Jitter(1000), Publish);
            return;
        }

        if (_random.NextDouble() < 0.03)
        {
            (_boot, _seq) = (_boot + 1, 0);
            _life++;
            _ackedThisLife = 0;
        }
        else if (_random.NextDouble() < 0.02)
        {
            // A counter that skips: packets that never reached the gateway. Less than its ring remembers (256).
            _seq += _random.Next(12);
        }

        _unacked.Enqueue(new SimPacket($"hub-{number}", sendsBoot ? _boot : null, _seq++, Hash(), _random.NextDouble() < 0.02, _life));
        // A hub that sends no boot repeats nothing from before its restart: no gateway could tell that from a new packet
        // (docs/decisions/0007).
        var repeatable = Math.Min(20, sendsBoot ? _acked.Count : _ackedThisLife);
        if (repeatable > 0 && _random.NextDouble() < 0.05)
        {
            _unacked.Enqueue(_acked[^(1 + _random.Next(repeatable))]);
        }

        Send();
        world.Clock.After(Jitter(1000), Publish);
    }

    private void Send()
    {
        if (_sending || !_unacked.TryPeek(out var packet))
        {
            return;
        }

        _sending = true;
        world.Clock.After(Jitter(5), () => world.Gateway.Receive(packet, () => OnAcked(packet)));
        world.Clock.After(TimeSpan.FromSeconds(3), () => GiveUpOn(packet));
    }

    private void OnAcked(SimPacket packet)
    {
        if (_unacked.TryPeek(out var head) && ReferenceEquals(head, packet))
        {
            _unacked.Dequeue();
            _acked.Add(packet);
            _ackedThisLife = packet.Life == _life ? _ackedThisLife + 1 : 0;
            _sending = false;
            Send();
        }
    }

    private void GiveUpOn(SimPacket packet)
    {
        if (_unacked.TryPeek(out var head) && ReferenceEquals(head, packet))
        {
            _sending = false;
            Send();
        }
    }

    private ulong Hash() => ((ulong)number << 48) | ++_made;

    private TimeSpan Jitter(int ms) => TimeSpan.FromMilliseconds(ms * (0.5 + _random.NextDouble()));
}
