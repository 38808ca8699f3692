using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Api.Stations;

/// <summary>Stations and what their hubs sent, from the registry and the stores.</summary>
internal sealed class StationReader(StoreQueries store, IStationRegistrySource registry, Memo memo, TimeProvider time)
{
    private const int MaxHeatCells = 1440;

    /// <summary>The ids: of the registry, then of those that only the stores know.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancellationToken)
    {
        var stored = await memo.GetAsync("stored-stations", TimeSpan.FromSeconds(30), token => store.ReadAsync(
            "SELECT DISTINCT station FROM readings ORDER BY station LIMIT 10000", row => row.Text(0), token), cancellationToken).ConfigureAwait(false);
        var known = registry.Current.Stations.Select(s => s.Id).Order(StringComparer.Ordinal).ToList();
        return [.. known, .. stored.Except(known, StringComparer.Ordinal)];
    }

    /// <summary>Checks a station's id from a request; what is in no registry must at least be in a store.</summary>
    public async Task<Station?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!EntityName.IsValid(id))
        {
            throw ApiException.Bad($"station: expected {EntityName.Rule}.");
        }

        return registry.Current.TryGet(id, out var station) ? station
            : (await IdsAsync(cancellationToken).ConfigureAwait(false)).Contains(id, StringComparer.Ordinal) ? null
            : throw ApiException.NotFound($"No station '{id}': neither in the registry nor in the stores.");
    }

    /// <summary>When each station's gateway received its newest packet, and what its last heartbeat said it held.</summary>
    public Task<IReadOnlyDictionary<string, (DateTimeOffset? LastPacketAt, long? AtGateway)>> PulsesAsync(CancellationToken cancellationToken) =>
        memo.GetAsync<IReadOnlyDictionary<string, (DateTimeOffset?, long?)>>("pulses", TimeSpan.FromSeconds(2), async token =>
        {
            // The newest hour only: it is asked for every two seconds.
            var rows = await store.ReadAsync(
                """
                SELECT station, toUnixTimestamp64Micro(max(received_at)) AS newest,
                       argMaxIf(metrics['journal_depth'], received_at, hub = 'gateway' AND mapContains(metrics, 'journal_depth')) AS depth,
                       toUnixTimestamp64Micro(maxIf(received_at, hub = 'gateway' AND mapContains(metrics, 'journal_depth'))) AS beat
                FROM readings WHERE received_at >= fromUnixTimestamp64Micro({since:Int64})
                GROUP BY station
                """,
                row => (Station: row.Text(0), Newest: row.Time(1), Depth: row.Number(2), Beat: row.Time(3)),
                token,
                ("since", time.GetUtcNow().AddHours(-1).Micros())).ConfigureAwait(false);
            var fresh = time.GetUtcNow().AddMinutes(-5);
            return rows.ToDictionary(r => r.Station, r => ((DateTimeOffset?)r.Newest, r.Beat >= fresh ? (long?)(long)r.Depth : null), StringComparer.Ordinal);
        }, cancellationToken);

    /// <summary>Hubs of the registry and those that sent something in the last 24 h, each with its newest packet.</summary>
    public Task<IReadOnlyList<HubView>> HubsAsync(string id, Station? station, CancellationToken cancellationToken) =>
        memo.GetAsync<IReadOnlyList<HubView>>($"hubs {id}", TimeSpan.FromSeconds(2), async token =>
        {
            var rows = await store.ReadAsync(
                """
                SELECT hub, boot, seq, toUnixTimestamp64Milli(event_time) * 1000, toUnixTimestamp64Micro(received_at), mapKeys(metrics), mapValues(metrics)
                FROM readings
                WHERE station = {station:String} AND received_at >= fromUnixTimestamp64Micro({since:Int64})
                ORDER BY received_at DESC LIMIT 1 BY hub LIMIT 5000
                """,
                row => (Hub: row.Text(0), Packet: new LatestPacket(row.Long(1), row.Long(2), row.Time(3), row.Time(4), Metrics((string[])row.GetValue(5), (double[])row.GetValue(6)))),
                token,
                ("station", id),
                ("since", time.GetUtcNow().AddHours(-24).Micros())).ConfigureAwait(false);
            var latest = rows.ToDictionary(r => r.Hub, r => r.Packet, StringComparer.Ordinal);
            var known = station?.Hubs.ToDictionary(h => h.Id, h => (double?)h.Interval.TotalSeconds, StringComparer.Ordinal) ?? [];
            return [.. known.Keys.Union(latest.Keys).Order(StringComparer.Ordinal).Select(h => new HubView(h, known.GetValueOrDefault(h), latest.GetValueOrDefault(h)))];
        }, cancellationToken);

    /// <summary>Names of the metrics that a station's hubs sent in the last 24 h.</summary>
    public Task<IReadOnlyList<string>> MetricsAsync(string id, CancellationToken cancellationToken) =>
        memo.GetAsync($"metrics {id}", TimeSpan.FromSeconds(30), token => store.ReadAsync(
            "SELECT DISTINCT metric FROM readings_minute WHERE station = {station:String} AND minute >= toDateTime({since:Int64}) AND hub != 'gateway' ORDER BY metric LIMIT 500",
            row => row.Text(0), token, ("station", id), ("since", time.GetUtcNow().AddHours(-24).ToUnixTimeSeconds())), cancellationToken);

    /// <summary>A metric's heat-map. Cells grow with the range, so that a row has at most 240.</summary>
    public Task<HeatMap> HeatMapAsync(string id, string metric, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var minutes = (int)Math.Ceiling((to - from).TotalMinutes);
        var step = minutes <= 240 ? 1 : minutes <= MaxHeatCells ? 6 : 60;
        var start = from.ToUnixTimeSeconds() / (step * 60) * (step * 60);
        var cells = (int)Math.Ceiling((to.ToUnixTimeSeconds() - start) / (step * 60.0));
        return memo.GetAsync($"heat {id} {metric} {start} {cells}", TimeSpan.FromSeconds(5), async token =>
        {
            var rows = await store.ReadAsync(
                """
                SELECT hub, intDiv(toUnixTimestamp(minute) - {start:Int64}, {length:Int64}) AS cell, argMax(latest, minute)
                FROM heatmap_minute
                WHERE station = {station:String} AND metric = {metric:String} AND minute >= toDateTime({start:Int64}) AND minute < toDateTime({end:Int64})
                GROUP BY hub, cell ORDER BY hub, cell
                """,
                row => (Hub: row.Text(0), Cell: (int)row.Long(1), Value: row.Number(2)),
                token,
                ("station", id), ("metric", metric), ("start", start), ("end", start + ((long)cells * step * 60)), ("length", (long)step * 60)).ConfigureAwait(false);
            var hubs = rows.GroupBy(r => r.Hub, StringComparer.Ordinal).Select(g =>
            {
                var values = new double?[cells];
                foreach (var cell in g)
                {
                    values[cell.Cell] = cell.Value;
                }

                return new HeatMapRow(g.Key, values);
            });
            return new HeatMap(id, metric, step, DateTimeOffset.FromUnixTimeSeconds(start), cells, [.. hubs]);
        }, cancellationToken);
    }

    private static Dictionary<string, double> Metrics(string[] names, double[] values) =>
        names.Zip(values).ToDictionary(m => m.First, m => m.Second, StringComparer.Ordinal);
}
