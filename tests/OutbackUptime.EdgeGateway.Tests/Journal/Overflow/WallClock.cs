namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Real timers under a wall clock that the test moves: months of silence in seconds.</summary>
internal sealed class WallClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
