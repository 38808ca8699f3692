namespace OutbackUptime.Bench.Storm;

/// <summary>
/// Gives each gateway a live packet every so often, at its own moment, whether the ones before are committed or not. Latencies count
/// from the moment it was due, so that a busy machine can't hide its own delay.
/// </summary>
internal sealed class LiveTraffic(IReadOnlyList<StormJournal> journals, TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    /// <summary>How many were given.</summary>
    public long Given { get; private set; }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (start, startedAt) = (time.GetTimestamp(), time.GetUtcNow());
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            // The packets in order: each interval all gateways once, evenly spread.
            for (var elapsed = time.GetElapsedTime(start); Due(Given) <= elapsed; Given++)
            {
                var due = Due(Given);
                journals[(int)(Given % journals.Count)].AppendLive(startedAt + due, start + (long)(due.TotalSeconds * time.TimestampFrequency));
            }
        }
    }

    private TimeSpan Due(long packet) => interval * ((packet + 1.0) / journals.Count);
}
