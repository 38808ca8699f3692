using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Storm;

/// <summary>How late live packets of all gateways are, from the moment each was due. Thread-safe.</summary>
internal sealed class LiveLatencies
{
    private readonly Lock _lock = new();
    private readonly LatencyRecorder _committed = new();
    private readonly LatencyRecorder _safe = new();
    private LatencyRecorder _sinceLast = new();

    /// <summary>In a first store.</summary>
    public void OnCommitted(TimeSpan late)
    {
        lock (_lock)
        {
            _committed.Record((long)late.TotalMicroseconds);
            _sinceLast.Record((long)late.TotalMicroseconds);
        }
    }

    /// <summary>In both stores.</summary>
    public void OnSafe(TimeSpan late)
    {
        lock (_lock)
        {
            _safe.Record((long)late.TotalMicroseconds);
        }
    }

    /// <summary>All: in a first store, in both.</summary>
    public (LatencyFigures Committed, LatencyFigures Safe) Read()
    {
        lock (_lock)
        {
            return (LatencyFigures.Of(_committed), LatencyFigures.Of(_safe));
        }
    }

    /// <summary>Those committed since the last call.</summary>
    public LatencyFigures TakeRecent()
    {
        lock (_lock)
        {
            var recent = LatencyFigures.Of(_sinceLast);
            _sinceLast = new LatencyRecorder();
            return recent;
        }
    }
}
