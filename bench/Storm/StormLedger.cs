using System.Globalization;

namespace OutbackUptime.Bench.Storm;

/// <summary>Compares what a store returns with what each gateway had: number, keys and the XOR of the payloads' hashes, by station.</summary>
internal static class StormLedger
{
    /// <summary>Asks a store over its HTTP interface.</summary>
    public static async Task<StormStore> CheckAsync(string region, Uri store, IReadOnlyDictionary<string, (long Count, ulong Xor)> sent, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        var lines = await AskAsync(http, store, "SELECT station, count(), uniqExact(hub, boot, seq), groupBitXor(payload_hash) FROM outback.packets GROUP BY station FORMAT TSV", cancellationToken).ConfigureAwait(false);
        var physical = long.Parse((await AskAsync(http, store, "SELECT count() FROM outback.readings FORMAT TSV", cancellationToken).ConfigureAwait(false))[0], CultureInfo.InvariantCulture);
        return Compare(region, sent, lines, physical);
    }

    /// <summary>Lines of station, rows, keys, XOR.</summary>
    internal static StormStore Compare(string region, IReadOnlyDictionary<string, (long Count, ulong Xor)> sent, IEnumerable<string> lines, long physical)
    {
        var held = lines.Select(l => l.Split('\t')).ToDictionary(
            f => f[0], f => (Rows: Number(f[1]), Keys: Number(f[2]), Xor: ulong.Parse(f[3], CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        var rows = held.Values.Sum(h => h.Rows);
        return new StormStore(
            region,
            sent.Values.Sum(s => s.Count),
            rows,
            sent.Sum(s => Math.Max(0, s.Value.Count - held.GetValueOrDefault(s.Key).Keys)),
            held.Values.Sum(h => h.Rows - h.Keys),
            sent.Count(s => held.TryGetValue(s.Key, out var h) && h.Keys == s.Value.Count && h.Rows == h.Keys && h.Xor != s.Value.Xor),
            physical - rows);
    }

    private static async Task<string[]> AskAsync(HttpClient http, Uri store, string sql, CancellationToken cancellationToken)
    {
        using var body = new StringContent(sql);
        using var response = await http.PostAsync(store, body, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new BenchException($"{store}: {text}");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
