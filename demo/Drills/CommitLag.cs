using System.Globalization;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.Drills;

/// <summary>
/// How long a station's packets of a stretch of time took from the gateway's receipt to the store's INSERT, as the store has it
/// (`committed_at` − `received_at`; the clocks are this machine's). The INSERT's own length, with its fsync, is not in it.
/// </summary>
internal static class CommitLag
{
    /// <summary>Milliseconds, and the packets they were measured on. Throws <see cref="HttpRequestException"/> when the store does not answer.</summary>
    public static async Task<(LatencySummary Lag, long Packets)> ReadAsync(
        string storeUrl, string station, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT count(), quantilesExact(0.5, 0.95, 0.99)((toUnixTimestamp64Micro(committed_at) - toUnixTimestamp64Micro(received_at)) / 1000)
            FROM outback.packets WHERE station = '{station}'
            AND received_at BETWEEN fromUnixTimestamp64Milli({from.ToUnixTimeMilliseconds()}) AND fromUnixTimestamp64Milli({to.ToUnixTimeMilliseconds()})
            FORMAT TSV
            """);
        using var body = new StringContent(sql);
        using var response = await http.PostAsync(new Uri(storeUrl), body, cancellationToken).ConfigureAwait(false);
        var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var fields = text.Trim().Split('\t');
        var packets = long.Parse(fields[0], CultureInfo.InvariantCulture);
        double?[] q = packets == 0 ? [null, null, null] : [.. fields[1].Trim('[', ']').Split(',').Select(v => (double?)Math.Round(double.Parse(v, CultureInfo.InvariantCulture), 1))];
        return (new LatencySummary(q[0], q[1], q[2]), packets);
    }
}
