namespace OutbackUptime.Silo.Api.Uptime;

/// <summary>Uptime, ribbons, losses from the stores.</summary>
internal sealed class UptimeReader(StoreQueries store, Memo memo)
{
    private static readonly string[] s_groupings = ["all", "station", "hub"];

    /// <summary>Minutes by cause over a range.</summary>
    public Task<UptimeReport> ReadAsync(string? station, string by, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (!s_groupings.Contains(by))
        {
            throw ApiException.Bad($"by: expected one of {string.Join(", ", s_groupings)}, found '{by}'.");
        }

        var (start, end) = (Minute(from), Minute(to));
        return memo.GetAsync($"uptime {station} {by} {start} {end}", TimeSpan.FromSeconds(5), async token =>
        {
            var (stationColumn, hubColumn) = (by == "all" ? "''" : "station", by == "hub" ? "hub" : "''");
            var rows = await store.ReadAsync(
                $$"""
                SELECT {{stationColumn}} AS s, {{hubColumn}} AS h, toString(verdict) AS v, count(), countIf(late)
                FROM uptime_minutes
                WHERE ({station:String} = '' OR station = {station:String}) AND minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64})
                GROUP BY s, h, v ORDER BY s, h, v LIMIT 50000
                """,
                row => (Station: row.Text(0), Hub: row.Text(1), Verdict: row.Text(2), Minutes: row.Long(3), Late: row.Long(4)),
                token, ("station", station ?? ""), ("from", start), ("to", end)).ConfigureAwait(false);
            return new UptimeReport(from, to, [.. rows.GroupBy(r => (r.Station, r.Hub)).Select(g =>
            {
                var minutes = g.ToDictionary(r => r.Verdict, r => r.Minutes, StringComparer.Ordinal);
                var known = minutes.Values.Sum() - minutes.GetValueOrDefault("unknown");
                return new UptimeRow(g.Key.Station, g.Key.Hub, known > 0 ? Math.Round(100.0 * minutes.GetValueOrDefault("up") / known, 3) : null, minutes, g.Sum(r => r.Late));
            })]);
        }, cancellationToken);
    }

    /// <summary>A station's ribbons, with the ranges that are late, thinned or lost.</summary>
    public Task<RibbonReport> RibbonsAsync(string station, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (start, end) = (Minute(from), Minute(to));
        return memo.GetAsync($"ribbons {station} {start} {end}", TimeSpan.FromSeconds(5), async token =>
        {
            var minutes = await store.ReadAsync(
                """
                SELECT hub, toUnixTimestamp(minute), toString(verdict), late FROM uptime_minutes
                WHERE station = {station:String} AND minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64})
                ORDER BY hub, minute
                """,
                row => (Hub: row.Text(0), Minute: row.Long(1), Verdict: row.Text(2), Late: row.Long(3) != 0),
                token, ("station", station), ("from", start), ("to", end)).ConfigureAwait(false);
            List<Ribbon> ribbons = [.. minutes.GroupBy(m => m.Hub, StringComparer.Ordinal).Select(g => new Ribbon(g.Key, Runs(g.Select(m => (m.Minute, m.Verdict, m.Late)))))];
            var late = ribbons.SelectMany(r => r.Runs.Where(run => run.Late).Select(run =>
                new RangeMark("late", r.Hub, run.From, run.From.AddMinutes(run.Minutes), 0, $"{run.Verdict}; the packets came afterwards and are complete")));
            return new RibbonReport(
                DateTimeOffset.FromUnixTimeSeconds(start), DateTimeOffset.FromUnixTimeSeconds(end), ribbons,
                [.. late, .. await GoneAsync(station, start, end, token).ConfigureAwait(false)]);
        }, cancellationToken);
    }

    /// <summary>Losses and thinned ranges, the newest first.</summary>
    public Task<IReadOnlyList<LossView>> LossesAsync(string? station, Paging page, CancellationToken cancellationToken) => store.ReadAsync(
        $$"""
        SELECT * FROM (
            SELECT station, 'lost' AS kind, toString(cause) AS cause, hub, boot, first_seq, last_seq, packets, missing_in, toUnixTimestamp64Micro(received_at) AS at, detail
            FROM losses WHERE {station:String} = '' OR station = {station:String}
            UNION ALL
            SELECT station, 'thinned', 'thinned', hub, boot, first_seq, last_seq, packets, [], toUnixTimestamp64Micro(received_at), ''
            FROM thinned WHERE {station:String} = '' OR station = {station:String})
        ORDER BY at DESC, station, hub, first_seq {{page.Sql}}
        """,
        row => new LossView(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Long(4), row.Long(5), row.Long(6), row.Long(7), (string[])row.GetValue(8), row.Time(9), row.Text(10)),
        cancellationToken, ("station", station ?? ""));

    // A loss names seqs; its time is that between its hub's packets before and after it.
    private async Task<IReadOnlyList<RangeMark>> GoneAsync(string station, long from, long to, CancellationToken cancellationToken)
    {
        var thinned = await store.ReadAsync(
            """
            SELECT hub, toUnixTimestamp(min(bucket)) * 1000000, (toUnixTimestamp(max(bucket)) + 900) * 1000000, sum(packets)
            FROM thinned WHERE station = {station:String} AND bucket >= toDateTime({from:Int64} - 900) AND bucket < toDateTime({to:Int64})
            GROUP BY hub, intDiv(toUnixTimestamp(bucket), 3600) ORDER BY hub LIMIT 2000
            """,
            row => new RangeMark("thinned", row.Text(0), row.Time(1), row.Time(2), row.Long(3), "quarter-hour lows, means and highs are kept instead of the packets"),
            cancellationToken, ("station", station), ("from", from), ("to", to)).ConfigureAwait(false);
        var lost = await store.ReadAsync(
            """
            SELECT hub, boot, first_seq, last_seq, packets, toString(cause), detail, toUnixTimestamp64Micro(received_at)
            FROM losses WHERE station = {station:String} AND cause != 'thinned' AND received_at >= toDateTime({from:Int64})
            ORDER BY received_at DESC LIMIT 50
            """,
            row => (Hub: row.Text(0), Boot: row.Long(1), First: row.Long(2), Last: row.Long(3), Packets: row.Long(4), Cause: row.Text(5), Detail: row.Text(6), At: row.Time(7)),
            cancellationToken, ("station", station), ("from", from)).ConfigureAwait(false);
        List<RangeMark> marks = [.. thinned];
        foreach (var loss in lost)
        {
            var around = loss.Hub.Length == 0 ? [] : await store.ReadAsync(
                """
                SELECT toUnixTimestamp64Milli(maxIf(event_time, seq < {first:UInt64})) * 1000, toUnixTimestamp64Milli(minIf(event_time, seq > {last:UInt64})) * 1000
                FROM readings WHERE station = {station:String} AND hub = {hub:String} AND boot = {boot:UInt64}
                """,
                row => (Before: row.TimeOrNull(0), After: row.TimeOrNull(1)),
                cancellationToken,
                ("station", station), ("hub", loss.Hub), ("boot", (ulong)loss.Boot), ("first", (ulong)loss.First), ("last", (ulong)loss.Last)).ConfigureAwait(false);
            var (before, after) = around is [var one] ? one : (null, null);
            marks.Add(new RangeMark("lost", loss.Hub, before ?? loss.At.AddMinutes(-1), after ?? loss.At, loss.Packets, $"{loss.Cause}: {loss.Detail}"));
        }

        return marks;
    }

    private static List<RibbonRun> Runs(IEnumerable<(long Minute, string Verdict, bool Late)> minutes)
    {
        List<RibbonRun> runs = [];
        var next = 0L;
        foreach (var (minute, verdict, late) in minutes)
        {
            if (runs is [.., var last] && minute == next && last.Verdict == verdict && last.Late == late)
            {
                runs[^1] = last with { Minutes = last.Minutes + 1 };
            }
            else
            {
                runs.Add(new RibbonRun(DateTimeOffset.FromUnixTimeSeconds(minute), 1, verdict, late));
            }

            next = minute + 60;
        }

        return runs;
    }

    private static long Minute(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60 * 60;
}
