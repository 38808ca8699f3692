namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>
/// Whether the disk takes commits, since when not and why, and when to try again: 1 s after the first failure, doubling to 30 s.
/// Thread-safe.
/// </summary>
internal sealed class StorageHealth(TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private StorageStatus _status = StorageStatus.Good;
    private TimeSpan _pause;
    private long _failedAt;

    public StorageStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>How long to wait before the next try: null when all is well, zero when it is due.</summary>
    public TimeSpan? RetryIn
    {
        get
        {
            lock (_lock)
            {
                var left = _pause - time.GetElapsedTime(_failedAt);
                return _status.Trouble == StorageTrouble.None ? null : left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>A commit failed. True if that is news.</summary>
    public bool OnFailed(StorageTrouble trouble, string detail)
    {
        lock (_lock)
        {
            var isNews = _status.Trouble != trouble;
            _status = new StorageStatus(trouble, isNews ? time.GetUtcNow() : _status.Since, detail);
            _pause = isNews ? s_firstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, s_longestPause.Ticks));
            _failedAt = time.GetTimestamp();
            return isNews;
        }
    }

    /// <summary>A commit succeeded. Returns the trouble that is over, if there was one.</summary>
    public StorageStatus? OnGood()
    {
        lock (_lock)
        {
            var was = _status;
            _status = StorageStatus.Good;
            return was.Trouble == StorageTrouble.None ? null : was;
        }
    }
}
