using System.Globalization;
using System.Text;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Peers;

/// <summary>A table of packets as a reader of the store sees it.</summary>
/// <param name="port">Of the engine's HTTP interface, on loopback.</param>
/// <param name="table">The rows as they were written.</param>
/// <param name="exact">What users read: of ours the view that has every packet once.</param>
internal sealed class StoreTable(int port, string table, string exact) : IDisposable
{
    private const string OfHubs = "hub LIKE 'hub-%'";
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Rows as written, copies included.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) => Number(await AskAsync($"SELECT count() FROM {table} WHERE {OfHubs}", cancellationToken).ConfigureAwait(false));

    /// <summary>Different packets.</summary>
    public async Task<long> CountPacketsAsync(CancellationToken cancellationToken) => Number(await AskAsync($"SELECT uniqExact(hub, seq) FROM {table} WHERE {OfHubs}", cancellationToken).ConfigureAwait(false));

    /// <summary>Every row that users read.</summary>
    public async Task<List<PacketKey>> ReadAsync(CancellationToken cancellationToken) =>
        [.. Lines(await AskAsync($"SELECT hub, seq FROM {exact} WHERE {OfHubs}", cancellationToken).ConfigureAwait(false)).Select(l => new PacketKey(l[0], Number(l[1])))];

    /// <summary>INSERTs that are visible and stamped after <paramref name="since"/>: a row's stamp is that of its INSERT.</summary>
    public async Task<List<long>> InsertsAsync(long since, CancellationToken cancellationToken) =>
        [.. Lines(await AskAsync($"SELECT DISTINCT toUnixTimestamp64Micro(committed_at) FROM {table} WHERE committed_at > fromUnixTimestamp64Micro({since})", cancellationToken).ConfigureAwait(false)).Select(l => Number(l[0]))];

    /// <summary>For each packet the stamps of its rows.</summary>
    public async Task<List<(PacketKey Packet, long Stamp)>> StampsAsync(CancellationToken cancellationToken) =>
        [.. Lines(await AskAsync($"SELECT hub, seq, toUnixTimestamp64Micro(committed_at) FROM {table} WHERE {OfHubs}", cancellationToken).ConfigureAwait(false)).Select(l => (new PacketKey(l[0], Number(l[1])), Number(l[2])))];

    /// <summary>Runs a statement.</summary>
    public async Task<string> AskAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(sql, Encoding.UTF8, "text/plain");
            using var response = await _http.PostAsync(new Uri("/", UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? text : throw new BenchException($"The store refused '{sql}': {text.Trim()}");
        }
        catch (HttpRequestException e)
        {
            throw new BenchException($"The store does not answer: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IEnumerable<string[]> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'));

    private static long Number(string text) => long.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
