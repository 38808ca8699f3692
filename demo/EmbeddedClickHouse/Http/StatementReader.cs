using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using OutbackUptime.EmbeddedClickHouse.Engine;

namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>Reads a request of ClickHouse's HTTP interface.</summary>
internal static partial class StatementReader
{
    // URL parameters that are not settings.
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "query", "database", "default_format", "query_id", "session_id", "session_timeout", "session_check", "user", "password",
        "quota_key", "role", "compress", "decompress", "enable_http_compression", "wait_end_of_query", "buffer_size",
        "send_progress_in_http_headers", "http_headers_progress_interval_ms", "add_http_cors_header", "client_protocol_version", "stacktrace",
    };

    public static async Task<Statement> ReadAsync(HttpRequest request, Func<string> newId, CancellationToken cancellationToken)
    {
        var settings = new List<KeyValuePair<string, string>>();
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in request.Query)
        {
            var value = values.ToString();
            if (name.StartsWith("param_", StringComparison.Ordinal))
            {
                parameters.Add(new(name["param_".Length..], value));
            }
            else if (!s_reserved.Contains(name))
            {
                settings.Add(SettingName().IsMatch(name)
                    ? new(name, value)
                    : throw new QueryFailedException($"Code: 115. DB::Exception: '{name}' is no setting's name. (UNKNOWN_SETTING)"));
            }
        }

        var query = Encoding.UTF8.GetBytes(request.Query["query"].ToString());
        var body = await ReadBodyAsync(request, parameters, cancellationToken).ConfigureAwait(false);
        byte[] sql = query.Length == 0 ? body : body.Length == 0 ? query : [.. query, (byte)'\n', .. body];
        return new Statement(
            sql,
            First(request.Query["database"].ToString(), request.Headers["X-ClickHouse-Database"].ToString()),
            First(request.Query["default_format"].ToString(), request.Headers["X-ClickHouse-Format"].ToString()) ?? "TabSeparated",
            settings,
            parameters,
            First(request.Query["query_id"].ToString()) ?? newId(),
            HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, List<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        // Only multipart bodies are forms: curl -d says urlencoded and means SQL.
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
        {
            var form = await request.ReadFormAsync(cancellationToken).ConfigureAwait(false);
            parameters.AddRange(form.Where(f => f.Key.StartsWith("param_", StringComparison.Ordinal))
                .Select(f => new KeyValuePair<string, string>(f.Key["param_".Length..], f.Value.ToString())));
            return Encoding.UTF8.GetBytes(form["query"].ToString());
        }

        using var raw = new MemoryStream(request.ContentLength is > 0 and < int.MaxValue ? (int)request.ContentLength : 4096);
        await request.Body.CopyToAsync(raw, cancellationToken).ConfigureAwait(false);
        return await BodyDecoder.DecodeAsync(raw, request.Headers.ContentEncoding.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static string? First(params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Length > 0)
            {
                return candidate;
            }
        }

        return null;
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_.]{0,127}$")]
    private static partial Regex SettingName();
}
