using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OutbackUptime.EmbeddedClickHouse.Engine;

namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>Enough of ClickHouse's HTTP interface for its drivers and curl: /ping, /replicas_status and statements on /.</summary>
internal static class ClickHouseEndpoint
{
    // Codes whose HTTP status a client may look at; all others are 500, as with a real server.
    private static readonly Dictionary<int, int> s_statusOfCode = new()
    {
        [62] = 400,
        [36] = 400,
        [47] = 400,
        [115] = 400,
        [117] = 400,
        [27] = 400,
        [6] = 400,
        [41] = 400,
        [89] = 400,
        [60] = 404,
        [81] = 404,
        [16] = 404,
        [46] = 404,
        [158] = 413,
        [396] = 413,
        [202] = 503,
        [159] = 408,
    };

    public static void MapClickHouse(this IEndpointRouteBuilder app, EnginePool pool)
    {
        app.MapMethods("/ping", ["GET", "HEAD"], () => Results.Text("Ok.\n"));
        app.MapGet("/replicas_status", () => Results.Text("Ok.\n"));
        app.MapMethods("/", ["GET", "HEAD", "POST"], context => HandleAsync(context, pool));
    }

    private static async Task HandleAsync(HttpContext context, EnginePool pool)
    {
        var response = context.Response;
        try
        {
            var statement = await StatementReader.ReadAsync(context.Request, () => Guid.NewGuid().ToString(), context.RequestAborted).ConfigureAwait(false);
            response.Headers["X-ClickHouse-Query-Id"] = statement.QueryId;
            response.Headers["X-ClickHouse-Server-Display-Name"] = "embedded";
            response.Headers["X-ClickHouse-Timezone"] = "UTC";
            response.Headers["X-ClickHouse-Format"] = statement.Format;
            response.ContentType = statement.Format.StartsWith("JSON", StringComparison.Ordinal) ? "application/json; charset=UTF-8" : "text/plain; charset=UTF-8";
            if (statement.Sql.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            {
                if (statement.ReadOnly)
                {
                    await response.WriteAsync("Ok.\n", context.RequestAborted).ConfigureAwait(false);
                    return;
                }

                throw new QueryFailedException("Code: 62. DB::Exception: Empty query. (SYNTAX_ERROR)");
            }

            var result = await pool.RunAsync(c => StatementRunner.Run(c, statement), context.RequestAborted).ConfigureAwait(false);
            response.Headers["X-ClickHouse-Summary"] = Summary(result);
            await WriteAsync(context, result.Body).ConfigureAwait(false);
        }
        catch (QueryFailedException e)
        {
            response.StatusCode = s_statusOfCode.GetValueOrDefault(e.Code, 500);
            response.ContentType = "text/plain; charset=UTF-8";
            response.Headers["X-ClickHouse-Exception-Code"] = e.Code.ToString(CultureInfo.InvariantCulture);
            await response.WriteAsync(e.Message.TrimEnd() + "\n", Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException or InvalidDataException)
        {
            // The client went away, or sent no valid HTTP or compression; nothing was begun with the engine.
            if (!response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : 400;
                await response.WriteAsync($"Code: 1000. DB::Exception: {e.Message}\n").ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        var response = context.Response;
        var wanted = context.Request.Query["enable_http_compression"] is [("1" or "true")]
            && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (!wanted || body.Length < 1024)
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static string Summary(QueryResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"read_rows\":\"{r.RowsRead}\",\"read_bytes\":\"{r.BytesRead}\",\"written_rows\":\"{r.RowsWritten}\",\"written_bytes\":\"{r.BytesWritten}\",\"total_rows_to_read\":\"0\",\"result_rows\":\"0\",\"result_bytes\":\"{r.BytesRead}\",\"elapsed_ns\":\"{(long)(r.ElapsedSeconds * 1e9)}\"}}");
}
