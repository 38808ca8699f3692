using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// Makes the stores agree on a station's verdicts, alerts and notices: compares them hour by hour and writes to each what it lacks or
/// has an older judgement of. A store that was away gets what it missed.
/// </summary>
internal sealed class WatchReconciler(string station, WatchServices services)
{
    private const int HoursAtOnce = 12;
    private const int KeptAlerts = 256;
    private static readonly TimeSpan s_verdictsKept = TimeSpan.FromHours(72);
    private static readonly TimeSpan s_noticesKept = TimeSpan.FromDays(7);

    /// <summary>True when nothing is left to be done. Throws when a store can't be read.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (services.Stores.Count < 2 || services.Stores.Any(s => !s.IsAvailable))
        {
            return false;
        }

        await AlertsAsync(cancellationToken);
        await NoticesAsync(cancellationToken);
        return await VerdictsAsync(cancellationToken);
    }

    private async Task<bool> VerdictsAsync(CancellationToken cancellationToken)
    {
        var from = services.Time.GetUtcNow() - s_verdictsKept;
        var sums = await Task.WhenAll(services.Stores.Select(s => s.ReadHourSumsAsync(station, from, cancellationToken)));
        var different = sums.SelectMany(s => s.Keys).Distinct()
            .Where(hour => sums.Any(s => s.GetValueOrDefault(hour) != sums[0].GetValueOrDefault(hour)))
            .OrderDescending().ToList();
        foreach (var hour in different.Take(HoursAtOnce))
        {
            var range = new MinuteRange(hour, hour.AddHours(1));
            var rows = await Task.WhenAll(services.Stores.Select(s => s.ReadVerdictsAsync(station, range, services.Options.MaxRead, cancellationToken)));
            var newest = Newest(rows.SelectMany(r => r), r => (r.Minute.Hub, r.Minute.Minute), r => r.JudgedAt);
            await WriteAsync(rows, newest, r => (r.Minute.Hub, r.Minute.Minute), (a, b) => a == b, missing => new WatchRows { Verdicts = missing });
        }

        return different.Count <= HoursAtOnce;
    }

    private async Task AlertsAsync(CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(services.Stores.Select(s => s.ReadAlertsAsync(station, KeptAlerts, cancellationToken)));
        var newest = Newest(rows.SelectMany(r => r), r => r.Alert.Id, r => r.WrittenAt);
        await WriteAsync(rows, newest, r => r.Alert.Id, (a, b) => a.WrittenAt == b.WrittenAt, missing => new WatchRows { Alerts = missing });
    }

    private async Task NoticesAsync(CancellationToken cancellationToken)
    {
        var from = services.Time.GetUtcNow() - s_noticesKept;
        var rows = await Task.WhenAll(services.Stores.Select(s => s.ReadNoticesAsync(station, from, cancellationToken)));
        var newest = Newest(rows.SelectMany(r => r), r => r.Key, r => r.AttemptedAt);
        await WriteAsync(rows, newest, r => r.Key, (a, b) => a.AttemptedAt == b.AttemptedAt, missing => new WatchRows { Notices = missing });
    }

    private static Dictionary<TKey, TRow> Newest<TRow, TKey>(IEnumerable<TRow> rows, Func<TRow, TKey> key, Func<TRow, DateTimeOffset> at)
        where TKey : notnull =>
        rows.GroupBy(key).ToDictionary(g => g.Key, g => g.MaxBy(at)!);

    private async Task WriteAsync<TRow, TKey>(
        IReadOnlyList<TRow>[] held, Dictionary<TKey, TRow> newest, Func<TRow, TKey> key, Func<TRow, TRow, bool> same, Func<IReadOnlyList<TRow>, WatchRows> wrap)
        where TKey : notnull
    {
        for (var i = 0; i < held.Length; i++)
        {
            var has = held[i].GroupBy(key).ToDictionary(g => g.Key, g => g.First());
            var missing = newest.Where(n => !has.TryGetValue(n.Key, out var own) || !same(own, n.Value)).Select(n => n.Value).ToList();
            if (missing.Count > 0)
            {
                await services.Stores[i].WriteAsync(wrap(missing));
            }
        }
    }
}
