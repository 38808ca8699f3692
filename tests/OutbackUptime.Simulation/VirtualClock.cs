namespace OutbackUptime.Simulation;

/// <summary>Time that only passes when nothing is left to do at the present moment.</summary>
internal sealed class VirtualClock
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public void After(TimeSpan delay, Action action) => _events.Enqueue(action, (Now.UtcTicks + Math.Max(0, delay.Ticks), _order++));

    /// <summary>Runs events until the time given, or until none is left.</summary>
    public void RunUntil(DateTimeOffset end, Func<bool> done)
    {
        while (!done() && _events.TryPeek(out var action, out var at) && at.Ticks <= end.UtcTicks)
        {
            _events.Dequeue();
            Now = new DateTimeOffset(at.Ticks, TimeSpan.Zero);
            action();
        }
    }
}
