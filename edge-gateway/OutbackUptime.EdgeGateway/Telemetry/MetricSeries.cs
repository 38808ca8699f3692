namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>One set of labels of a metric. Thread-safe.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, IReadOnlyList<double> bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Count];
    private long _count;
    private double _value;

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    public bool Is(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != other[i].Key || !Equals(tags[i].Value, other[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            (_value, _count) = (value, 1);
        }
    }

    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
            _count++;
        }
    }

    public void Observe(double value)
    {
        lock (_lock)
        {
            _value += value;
            _count++;
            for (var i = 0; i < _buckets.Length; i++)
            {
                if (value <= bounds[i])
                {
                    _buckets[i]++;
                    break;
                }
            }
        }
    }

    /// <summary>Nothing is known any more, until it is set again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _count = 0;
        }
    }

    /// <summary>The sum or value, how many measurements there were, and those of each bucket.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, _count, [.. _buckets]);
        }
    }
}
