using System.Collections.Concurrent;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Snapshots that the pump writes and status pages read.</summary>
internal sealed class UplinkStatus(string home, SendTimes times, WireMeter wire) : IUplinkStatus
{
    private const int MaxSwitches = 32;
    private readonly ConcurrentDictionary<string, bool> _stores = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _reached = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly List<RegionSwitch> _switches = [];
    private volatile IReadOnlyList<OffsetRange> _rejected = [];
    private volatile string _current = home;
    private volatile bool _connected;
    private long _wedges;

    public string CurrentRegion => _current;

    public bool IsConnected => _connected;

    public IReadOnlyDictionary<string, bool> StoreAvailable => _stores;

    public IReadOnlyDictionary<string, bool> Reached => _reached;

    public IReadOnlyList<OffsetRange> Rejected => _rejected;

    public long Wedges => Interlocked.Read(ref _wedges);

    public long WireBytes => wire.Bytes;

    public LatencyHistogram JournalToCommitted => times.ToCommitted;

    public LatencyHistogram JournalToSafe => times.ToSafe;

    public LatencyHistogram ReceivedToCommitted => times.ReceivedToCommitted;

    public LatencyHistogram ReceivedToSafe => times.ReceivedToSafe;

    public IReadOnlyList<RegionSwitch> Switches
    {
        get
        {
            lock (_lock)
            {
                return [.. _switches];
            }
        }
    }

    public void OnConnection(bool connected) => _connected = connected;

    public void OnContact(string region, bool worked) => _reached[region] = worked;

    public void OnStore(string region, bool available) => _stores[region] = available;

    public void OnWedge() => Interlocked.Increment(ref _wedges);

    public void OnRejected(IReadOnlyList<OffsetRange> rejected) => _rejected = [.. rejected];

    public void OnSwitch(DateTimeOffset at, string to, string reason)
    {
        lock (_lock)
        {
            _switches.Add(new RegionSwitch(at, _current, to, reason, null));
            if (_switches.Count > MaxSwitches)
            {
                _switches.RemoveAt(0);
            }
        }

        _current = to;
    }

    public void OnCommit(DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_switches is [.., { FirstReceiptAt: null } last])
            {
                _switches[^1] = last with { FirstReceiptAt = at };
            }
        }
    }
}
