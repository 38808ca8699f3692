namespace OutbackUptime.ClickHouse.Writing;

/// <summary>
/// Closed: inserts go through. Open: nothing does, until the store was prepared. Starts open, since a store is only written
/// once its schema is known to be there, and opens with every failure: preparing a healthy store takes milliseconds, and it
/// mends the roll-ups of the insert whose outcome is unknown.
/// </summary>
internal sealed class Breaker
{
    private readonly Lock _lock = new();
    private bool _isClosed;
    private TaskCompletionSource _opened = Completed();

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Completes when the breaker is open (at once if it is).</summary>
    public Task WaitOpenAsync()
    {
        lock (_lock)
        {
            return _opened.Task;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _isClosed = false;
            _opened.TrySetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
