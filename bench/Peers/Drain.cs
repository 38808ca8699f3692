using System.Diagnostics;

namespace OutbackUptime.Bench.Peers;

/// <summary>Waits until tables have what was sent.</summary>
internal static class Drain
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait for one more row: reconnects and restarts are shorter.</summary>
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits until each table has so many different packets. Returns when that was, or when the last one came that did come before
    /// the stall or the limit (of <see cref="Stopwatch"/>), and how many are missing in the table that has fewest.
    /// </summary>
    public static async Task<(long At, long Missing)> WaitAsync(IReadOnlyList<StoreTable> tables, long wanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (start, last, fewest) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), -1L);
        while (true)
        {
            var found = long.MaxValue;
            foreach (var table in tables)
            {
                // Copies make more rows than packets: only then the dear question.
                var rows = await table.CountAsync(cancellationToken).ConfigureAwait(false);
                found = Math.Min(found, rows < wanted ? rows : await table.CountPacketsAsync(cancellationToken).ConfigureAwait(false));
            }

            if (found != fewest)
            {
                (fewest, last) = (found, Stopwatch.GetTimestamp());
            }

            if (found >= wanted || Stopwatch.GetElapsedTime(last) > s_stall || Stopwatch.GetElapsedTime(start) > limit)
            {
                return (last, Math.Max(0, wanted - found));
            }

            await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
        }
    }
}
