using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace OutbackUptime.Ledger.Stores;

/// <summary>Asks one store over ClickHouse's plain HTTP interface. All of the checker's questions to a store are here.</summary>
internal sealed class StoreClient(HttpClient http, StoreEndpoint endpoint, string database)
{
    private const int MaxRowBytes = 16 << 20;

    /// <summary>Hands all packets (the exact view) to <paramref name="rows"/>.</summary>
    public Task ReadPacketsAsync(IRowSink rows, CancellationToken cancellationToken) => ReadAsync($"{database}.packets", PacketRows.Columns, rows, cancellationToken);

    /// <summary>Hands the quarantine (the exact view) to <paramref name="rows"/>.</summary>
    public Task ReadQuarantineAsync(IRowSink rows, CancellationToken cancellationToken) => ReadAsync($"{database}.quarantined", QuarantineRows.Columns, rows, cancellationToken);

    /// <summary>Hands the loss records to <paramref name="rows"/>.</summary>
    public Task ReadLossesAsync(IRowSink rows, CancellationToken cancellationToken) => ReadAsync($"{database}.losses", LossRows.Columns, rows, cancellationToken);

    /// <summary>Hands the thinned rows to <paramref name="rows"/>.</summary>
    public Task ReadThinnedAsync(IRowSink rows, CancellationToken cancellationToken) => ReadAsync($"{database}.thinned", ThinnedRows.Columns, rows, cancellationToken);

    /// <summary>Rows of the table beneath the exact view: what is more than there are packets was written more than once and not merged yet.</summary>
    public Task<long> CountPhysicalRowsAsync(CancellationToken cancellationToken) => CountAsync($"{database}.readings", cancellationToken);

    private async Task<long> CountAsync(string table, CancellationToken cancellationToken)
    {
        using var response = await AskAsync($"SELECT toUInt64(count()) FROM {table} FORMAT TabSeparated", cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Unreadable($"expected a count, got '{text[..Math.Min(text.Length, 200)]}'");
    }

    private async Task ReadAsync(string table, string columns, IRowSink rows, CancellationToken cancellationToken)
    {
        // An answer that breaks off between two rows must not pass for fewer rows.
        var expected = await CountAsync(table, cancellationToken).ConfigureAwait(false);
        using var response = await AskAsync($"SELECT {columns} FROM {table} FORMAT RowBinary", cancellationToken).ConfigureAwait(false);
        long count;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            count = await ReadRowsAsync(body, rows, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new LedgerException($"Store {endpoint.Region}: the answer broke off: {e.Message}", e);
        }

        if (count < expected)
        {
            throw Unreadable($"the answer broke off: {count} of {expected} rows of {table} came");
        }
    }

    private async Task<long> ReadRowsAsync(Stream body, IRowSink rows, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        var filled = 0;
        var count = 0L;
        for (int read; (read = await body.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false)) > 0;)
        {
            filled += read;
            var consumed = 0;
            while (consumed < filled)
            {
                var cursor = new RowBinaryCursor(buffer.AsSpan(consumed, filled - consumed));
                if (!rows.TryTake(ref cursor))
                {
                    break;
                }

                consumed += cursor.Position;
                count++;
            }

            filled -= consumed;
            buffer.AsSpan(consumed, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                if (filled >= MaxRowBytes)
                {
                    throw Unreadable("a row is longer than 16 MiB");
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return filled == 0 ? count : throw Unreadable("the answer ends within a row");
    }

    private async Task<HttpResponseMessage> AskAsync(string sql, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(endpoint.Uri) { UserName = "", Password = "" }.Uri)
        {
            Content = new StringContent(sql, Encoding.UTF8, "text/plain"),
        };
        if (endpoint.Uri.UserInfo.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(endpoint.Uri.UserInfo))));
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new LedgerException($"Store {endpoint.Region} can't be asked: {e.Message}", e);
        }

        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                throw Unreadable($"{(int)response.StatusCode} to '{sql}': {text[..Math.Min(text.Length, 500)]}");
            }
        }

        return response;
    }

    private LedgerException Unreadable(string what) => new($"Store {endpoint.Region}: {what}.");
}
