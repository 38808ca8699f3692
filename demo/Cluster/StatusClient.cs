using System.Net.Http.Json;
using System.Text.Json;

namespace OutbackUptime.Demo.Cluster;

/// <summary>Reads status pages; null where there is no answer.</summary>
internal sealed class StatusClient : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    public async Task<T?> GetAsync<T>(string url, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _http.GetFromJsonAsync<T>(url, JsonSerializerOptions.Web, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            return null;
        }
    }

    public async Task<bool> IsOkAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(url, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsNoAnswer(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or JsonException or IOException;
}
