using System.Net;
using System.Net.Http.Headers;

namespace OutbackUptime.Silo.Alerting;

/// <summary>
/// Posts notices. Follows no redirect (a signed notice goes where it was addressed), keeps no cookies, reads no answer beyond its
/// status: what a stranger's server says is not for our logs.
/// </summary>
internal sealed class NoticeHttp : IDisposable
{
    private readonly HttpClient _client;

    public NoticeHttp()
    {
        // Addresses change behind a name: connections don't outlive that by long.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 16,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<NoticeOutcome> PostAsync(string url, byte[] json, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var said = $"HTTP {(int)answer.StatusCode}";
            return answer.StatusCode switch
            {
                >= (HttpStatusCode)200 and < (HttpStatusCode)300 => NoticeOutcome.Taken(said),
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 or >= (HttpStatusCode)500 => NoticeOutcome.Later(said),
                >= (HttpStatusCode)300 and < (HttpStatusCode)400 => NoticeOutcome.Refused($"{said}: redirects are not followed; set the final URL"),
                _ => NoticeOutcome.Refused(said),
            };
        }
        catch (HttpRequestException e)
        {
            // The exception's text may hold the URL with a token in it: only the kind of fault is kept.
            return NoticeOutcome.Later($"no answer: {e.HttpRequestError}");
        }
    }

    public void Dispose() => _client.Dispose();
}
