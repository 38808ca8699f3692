using System.Diagnostics;

namespace OutbackUptime.Bench.Load;

/// <summary>
/// One thread of the generator: some connections, one epoll. Its loop allocates nothing. Open loop: a latency counts from the
/// moment when the request was due, not from when there was room for it, so a stalled server can't hide the stall.
/// </summary>
internal sealed unsafe class LoadThread(IReadOnlyList<HubClient> clients, double? rate, int seed)
{
    private const int MaxEvents = 256;
    private const int BufferBytes = 1 << 16;
    private static readonly long s_drain = 5 * Stopwatch.Frequency;

    private readonly Random _random = new(seed);
    private long _from = long.MaxValue;
    private long _until = long.MaxValue;
    private int _turn;

    /// <summary>Latencies of requests that began within the measured time, PUBACK received.</summary>
    public LatencyRecorder Latencies { get; } = new();

    /// <summary>PUBACKs received within the measured time.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Requests of the measured time that had no PUBACK five seconds after its end.</summary>
    public long Unanswered { get; private set; }

    /// <summary>What went wrong on the thread.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The measured time begins.</summary>
    public void Begin(long now) => Volatile.Write(ref _from, now);

    /// <summary>It ends.</summary>
    public void End(long now) => Volatile.Write(ref _until, now);

    public void Run()
    {
        try
        {
            Loop();
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    private void Loop()
    {
        var epoll = Libc.epoll_create1(0);
        var events = new byte[MaxEvents * Libc.EventSize];
        var buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);
        Span<long> acknowledged = new long[BufferBytes / MqttBytes.PubAckLength];
        fixed (byte* e = events, b = buffer)
        {
            Watch(epoll, e);
            var due = Stopwatch.GetTimestamp();
            if (rate is null)
            {
                Fill(due);
            }

            for (var now = due; now < Volatile.Read(ref _until) || (Owes() && now < _until + s_drain); now = Stopwatch.GetTimestamp())
            {
                var open = now < Volatile.Read(ref _until);
                due = rate is not null && open ? RequestDue(due, now) : long.MaxValue;
                var count = Wait(epoll, e, due, now);
                for (var i = 0; i < count; i++)
                {
                    var client = clients[*(int*)(e + (i * Libc.EventSize) + Libc.EventData)];
                    Take(client, acknowledged[..client.Receive(b, BufferBytes, acknowledged)], open);
                }
            }

            Unanswered = clients.Sum(c => (long)c.UnderWay + c.GiveUpWaiting());
        }

        _ = Libc.close(epoll);
    }

    private void Watch(int epoll, byte* @event)
    {
        for (var i = 0; i < clients.Count; i++)
        {
            *(int*)@event = Libc.EpollIn;
            *(long*)(@event + Libc.EventData) = i;
            if (Libc.epoll_ctl(epoll, Libc.EpollAdd, clients[i].Descriptor, @event) != 0)
            {
                throw new BenchException("epoll_ctl failed.");
            }
        }
    }

    private void Fill(long now)
    {
        foreach (var client in clients)
        {
            while (client.HasRoom)
            {
                client.Send(now);
            }
        }
    }

    /// <summary>Sends what is due; returns when the next one is.</summary>
    private long RequestDue(long due, long now)
    {
        while (due <= now)
        {
            clients[_turn].Request(due);
            _turn = _turn + 1 == clients.Count ? 0 : _turn + 1;
            due += (long)(-Math.Log(1 - _random.NextDouble()) / rate!.Value * Stopwatch.Frequency);
        }

        return due;
    }

    private static int Wait(int epoll, byte* events, long due, long now)
    {
        // A tenth of a second at most: the end must be noticed.
        var nanoseconds = Math.Clamp((long)((double)(Math.Min(due, now + Stopwatch.Frequency) - now) / Stopwatch.Frequency * 1e9), 0, 100_000_000);
        var timeout = new Libc.TimeSpec { Nanoseconds = nanoseconds };
        return Libc.epoll_pwait2(epoll, events, MaxEvents, &timeout, 0);
    }

    private void Take(HubClient client, ReadOnlySpan<long> started, bool open)
    {
        var now = Stopwatch.GetTimestamp();
        var (from, until) = (Volatile.Read(ref _from), Volatile.Read(ref _until));
        foreach (var start in started)
        {
            if (now >= from && now < until)
            {
                Acknowledged++;
            }

            if (start >= from && start < until)
            {
                Latencies.Record((long)((now - start) * 1e6 / Stopwatch.Frequency));
            }

            if (rate is not null)
            {
                client.SendWaiting();
            }
            else if (open)
            {
                client.Send(now);
            }
        }
    }

    private bool Owes()
    {
        foreach (var client in clients)
        {
            if (client.UnderWay > 0)
            {
                return true;
            }
        }

        return false;
    }
}
