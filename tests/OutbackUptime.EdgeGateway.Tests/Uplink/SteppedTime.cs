namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>Real timers and timestamps under a wall clock that can be set, as NTP does on a machine without a clock of its own.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _stepTicks;

    public void Step(TimeSpan by) => Interlocked.Add(ref _stepTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _stepTicks));
}
