namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// Time that only goes forward, at its own pace. A gateway without a battery-backed clock gets its wall clock set by hours when
/// the network comes up; deadlines and back-offs must not follow it.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_startTimestamp);
}
