namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>Counts connections, in all and by address, and those among them that have not shown a valid CONNECT. Thread-safe.</summary>
internal sealed class ConnectionQuota(GuardOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int All, int Pending)> _addresses = new(StringComparer.Ordinal);
    private int _all;
    private int _pending;

    /// <summary>Connections open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Lets a connection in as pending, or says why not.</summary>
    public Refusal TryEnter(string address)
    {
        lock (_lock)
        {
            var mine = _addresses.GetValueOrDefault(address);
            var refusal = _all >= options.MaxConnections ? Refusal.Connections
                : mine.All >= options.MaxConnectionsPerAddress ? Refusal.Address
                : _pending >= options.MaxPending ? Refusal.Pending
                : mine.Pending >= options.MaxPendingPerAddress ? Refusal.PendingAddress
                : Refusal.None;
            if (refusal == Refusal.None)
            {
                Change(address, 1, 1);
            }

            return refusal;
        }
    }

    /// <summary>A pending connection was admitted.</summary>
    public void Admit(string address)
    {
        lock (_lock)
        {
            Change(address, 0, -1);
        }
    }

    /// <summary>A connection ended.</summary>
    public void Leave(string address, bool wasPending)
    {
        lock (_lock)
        {
            Change(address, -1, wasPending ? -1 : 0);
        }
    }

    private void Change(string address, int all, int pending)
    {
        var mine = _addresses.GetValueOrDefault(address);
        mine = (mine.All + all, mine.Pending + pending);
        (_all, _pending) = (_all + all, _pending + pending);
        if (mine.All == 0)
        {
            _addresses.Remove(address);
        }
        else
        {
            _addresses[address] = mine;
        }
    }
}
