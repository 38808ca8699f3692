namespace OutbackUptime.Domain.Access;

/// <summary>
/// Locks a pair of user and address out for a while after wrong credentials, twice as long each time. The table is bounded, so
/// guessing under ever new names or addresses costs the gateway no memory. Not thread-safe.
/// </summary>
public sealed class LoginThrottle(LoginThrottleOptions options)
{
    private readonly Dictionary<(string User, string Address), LinkedListNode<Entry>> _entries = [];

    // By the time of the last wrong answer, the oldest first.
    private readonly LinkedList<Entry> _order = new();

    /// <summary>Pairs remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>How much longer the pair is locked out; zero when it may try.</summary>
    public TimeSpan LockedFor(string user, string address, DateTimeOffset now)
    {
        ForgetOld(now);
        return _entries.TryGetValue((user, address), out var node) && node.Value.LockedUntil > now ? node.Value.LockedUntil - now : TimeSpan.Zero;
    }

    /// <summary>Notes a wrong answer; returns the lock-out that it brings, zero when it is still free.</summary>
    public TimeSpan OnFailure(string user, string address, DateTimeOffset now)
    {
        ForgetOld(now);
        var failures = 1;
        if (_entries.Remove((user, address), out var node))
        {
            failures = node.Value.Failures + 1;
            _order.Remove(node);
        }
        else if (_entries.Count >= options.MaxEntries)
        {
            Forget(_order.First!);
        }

        var lockOut = LockOut(failures);
        _entries[(user, address)] = _order.AddLast(new Entry(user, address, failures, now, now + lockOut));
        return lockOut;
    }

    /// <summary>A right answer: the pair starts anew.</summary>
    public void OnSuccess(string user, string address)
    {
        if (_entries.TryGetValue((user, address), out var node))
        {
            Forget(node);
        }
    }

    private TimeSpan LockOut(int failures)
    {
        if (failures <= options.FreeFailures)
        {
            return TimeSpan.Zero;
        }

        // 2^30 first lock-outs are longer than any longest one, so the exponent stays small.
        var doublings = Math.Min(failures - options.FreeFailures - 1, 30);
        var seconds = Math.Min(options.FirstLockOut.TotalSeconds * (1L << doublings), options.LongestLockOut.TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }

    private void ForgetOld(DateTimeOffset now)
    {
        while (_order.First is { } oldest && now - oldest.Value.At > options.Memory)
        {
            Forget(oldest);
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _entries.Remove((node.Value.User, node.Value.Address));
        _order.Remove(node);
    }

    private sealed record Entry(string User, string Address, int Failures, DateTimeOffset At, DateTimeOffset LockedUntil);
}
