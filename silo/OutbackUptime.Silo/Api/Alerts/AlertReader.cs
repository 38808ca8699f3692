using OutbackUptime.Domain.Alerts;

namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>Alerts from the stores.</summary>
internal sealed class AlertReader(StoreQueries store, Memo memo)
{
    private static readonly string[] s_states = ["open", "acknowledged", "cleared"];

    /// <summary>Alerts, those that are open first, then the newest.</summary>
    /// <param name="station">Of one station, or null.</param>
    /// <param name="state">`open`, `acknowledged`, `cleared`, or null for all.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IReadOnlyList<AlertView>> ReadAsync(string? station, string? state, Paging page, CancellationToken cancellationToken)
    {
        if (state is not null && !s_states.Contains(state))
        {
            throw ApiException.Bad($"state: expected one of {string.Join(", ", s_states)}, found '{state}'.");
        }

        return memo.GetAsync($"alerts {station} {state} {page.Limit} {page.Offset}", TimeSpan.FromSeconds(1), token => store.ReadAsync(
            $$"""
            SELECT station, alert_id, hub, rule, toString(severity), toString(state), toUnixTimestamp64Milli(opened_at) * 1000, toUnixTimestamp64Milli(changed_at) * 1000,
                   level, summary, mapKeys(facts), mapValues(facts), acknowledged_by
            FROM alert_states
            WHERE ({station:String} = '' OR station = {station:String}) AND ({state:String} = '' OR toString(state) = {state:String})
            ORDER BY state, severity DESC, opened_at DESC
            {{page.Sql}}
            """,
            row => new AlertView(
                row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Time(6), row.Time(7), (int)row.Long(8), row.Text(9),
                ((string[])row.GetValue(10)).Zip((double[])row.GetValue(11)).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal), row.Text(12)),
            token,
            ("station", station ?? ""), ("state", state ?? "")), cancellationToken);
    }

    /// <summary>A station's alerts that hold, worst first, as the domain has them.</summary>
    public async Task<IReadOnlyList<Alert>> CurrentAsync(string station, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(station, null, new Paging { LimitAsked = 500 }, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(a => a.State != "cleared").Select(a => new Alert(
            a.Station, a.AlertId, a.Hub, a.Rule, Enum.Parse<AlertSeverity>(a.Severity, ignoreCase: true), Enum.Parse<AlertState>(a.State, ignoreCase: true),
            a.OpenedAt, a.ChangedAt, a.Level, a.Summary, a.Facts, a.AcknowledgedBy)).OrderByDescending(a => a.Severity).ThenBy(a => a.OpenedAt)];
    }

    /// <summary>How many alerts of each station are not cleared.</summary>
    public Task<IReadOnlyDictionary<string, int>> OpenCountsAsync(CancellationToken cancellationToken) =>
        memo.GetAsync<IReadOnlyDictionary<string, int>>("open-alerts", TimeSpan.FromSeconds(2), async token => (await store.ReadAsync(
            "SELECT station, count() FROM alert_states WHERE state != 'cleared' GROUP BY station", row => (row.Text(0), (int)row.Long(1)), token).ConfigureAwait(false))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal), cancellationToken);
}
