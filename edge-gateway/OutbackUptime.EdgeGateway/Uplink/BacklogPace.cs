namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Lets backlog pass at so many payload bytes per second, with a second's worth of burst.</summary>
internal sealed class BacklogPace(long bytesPerSecond, TimeProvider time)
{
    private double _allowance = bytesPerSecond;
    private long _last = time.GetTimestamp();

    /// <summary>Whether a backlog frame may go now.</summary>
    public bool Allows()
    {
        if (bytesPerSecond == 0)
        {
            return true;
        }

        var now = time.GetTimestamp();
        _allowance = Math.Min(bytesPerSecond, _allowance + (time.GetElapsedTime(_last, now).TotalSeconds * bytesPerSecond));
        _last = now;
        return _allowance > 0;
    }

    /// <summary>A backlog frame of this size has gone. A frame larger than what was left is paid back by waiting.</summary>
    public void OnSent(long bytes) => _allowance -= bytes;
}
