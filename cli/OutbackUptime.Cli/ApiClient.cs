using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OutbackUptime.Cli;

/// <summary>Calls the API and turns its problems into clear errors.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri address, string token)
    {
        // Exports take as long as they take; a silo that is not there is found at once.
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address, "/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web) }, cancellationToken);

    /// <summary>All items of a list, page by page, at most <paramref name="most"/>.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, int most, CancellationToken cancellationToken)
    {
        List<JsonElement> items = [];
        var offset = 0;
        while (items.Count < most)
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={Math.Min(500, most - items.Count)}&offset={offset}", cancellationToken).ConfigureAwait(false);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (page.GetProperty("nextOffset") is not { ValueKind: JsonValueKind.Number } next)
            {
                break;
            }

            offset = next.GetInt32();
        }

        return items;
    }

    /// <summary>Streams an answer into a file.</summary>
    public async Task DownloadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken).ConfigureAwait(false);
        try
        {
            await response.Content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new CliException($"The silo broke the transfer off ({e.Message}). Try again.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NoContent ? default : await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new CliException($"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {e.Message}");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var detail = await DetailAsync(response, cancellationToken).ConfigureAwait(false);
            throw new CliException($"{(int)response.StatusCode} {response.ReasonPhrase}: {detail}");
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
            return problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : problem.TryGetProperty("title", out var title) ? title.GetString() ?? "" : problem.ToString();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return "the silo gave no reason";
        }
    }
}
