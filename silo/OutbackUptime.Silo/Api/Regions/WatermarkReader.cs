using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.Domain.Watermarks;

namespace OutbackUptime.Silo.Api.Regions;

/// <summary>
/// Compares what the regions' stores hold: digests of the keys, by second for the last 3 minutes and by minute for the last 24 h.
/// Nothing is taken from what a silo believes to have written.
/// </summary>
internal sealed class WatermarkReader(StoreQueries store, Memo memo, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    /// <summary>Until when each station is safe in both regions. Where a store can't be read, what was known before, with a note.</summary>
    public Task<Watermarks> ReadAsync(CancellationToken cancellationToken) => memo.GetAsync("watermarks", TimeSpan.FromSeconds(2), ReadNowAsync, cancellationToken);

    private async Task<Watermarks> ReadNowAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var fresh = await Task.WhenAll(store.Stores.All.Select(s => DigestsAsync(s, now - s_fresh, now, 1, cancellationToken))).ConfigureAwait(false);
            var older = await memo.GetAsync("watermarks-day", TimeSpan.FromMinutes(1), token => OlderAsync(now, token), cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var station in fresh.SelectMany(f => f.Keys).Distinct(StringComparer.Ordinal))
                {
                    var mark = SafeUpTo.Of([.. fresh.Select(f => f.GetValueOrDefault(station, []))], TimeSpan.FromSeconds(1));
                    _last[station] = older.TryGetValue(station, out var gap) && (mark is null || gap < mark) ? gap : mark ?? _last.GetValueOrDefault(station);
                }

                return new Watermarks(new Dictionary<string, DateTimeOffset>(_last, StringComparer.Ordinal), "", Newest(fresh));
            }
        }
        catch (StoreUnreadableException e)
        {
            lock (_lock)
            {
                return new Watermarks(new Dictionary<string, DateTimeOffset>(_last, StringComparer.Ordinal), $"The store of {e.Region} can't be read: what came since is in one region only.", new Dictionary<string, DateTimeOffset>());
            }
        }
    }

    // Where the stores differ in the day before: the first such minute.
    private async Task<Dictionary<string, DateTimeOffset>> OlderAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = await Task.WhenAll(store.Stores.All.Select(s => DigestsAsync(s, now - s_day, now - s_fresh, 60, cancellationToken))).ConfigureAwait(false);
        return day.SelectMany(d => d.Keys).Distinct(StringComparer.Ordinal)
            .Select(station => (Station: station, Gap: SafeUpTo.FirstDifference([.. day.Select(d => d.GetValueOrDefault(station, []))], TimeSpan.FromMinutes(1))))
            .Where(s => s.Gap is not null)
            .ToDictionary(s => s.Station, s => s.Gap!.Value, StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, Dictionary<long, ulong>>> DigestsAsync(IStoreReader reader, DateTimeOffset from, DateTimeOffset to, int seconds, CancellationToken cancellationToken)
    {
        var rows = await reader.QueryAsync(
            """
            SELECT station, intDiv(toUnixTimestamp64Micro(received_at), {length:Int64}) AS bucket, groupBitXor(key) AS digest
            FROM (SELECT DISTINCT station, received_at, cityHash64(hub, boot, seq) AS key FROM readings
                  WHERE received_at >= fromUnixTimestamp64Micro({from:Int64}) AND received_at < fromUnixTimestamp64Micro({to:Int64}))
            GROUP BY station, bucket
            """,
            StoreQueries.Collect(("length", seconds * 1_000_000L), ("from", from.Micros() / 60_000_000 * 60_000_000), ("to", to.Micros() / (seconds * 1_000_000L) * (seconds * 1_000_000L))),
            row => (Station: row.Text(0), Bucket: row.Long(1), Digest: unchecked((ulong)row.Long(2))),
            cancellationToken).ConfigureAwait(false);
        return rows.GroupBy(r => r.Station, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToDictionary(r => r.Bucket, r => r.Digest), StringComparer.Ordinal);
    }

    private Dictionary<string, DateTimeOffset> Newest(Dictionary<string, Dictionary<long, ulong>>[] fresh) => store.Stores.All
        .Zip(fresh, (s, f) => (s.Region, Newest: f.Values.SelectMany(b => b.Keys).DefaultIfEmpty(0).Max()))
        .Where(s => s.Newest > 0)
        .ToDictionary(s => s.Region, s => DateTimeOffset.FromUnixTimeSeconds(s.Newest), StringComparer.Ordinal);
}
