using System.Globalization;
using System.Text.Json;

namespace OutbackUptime.Demo.Prometheus;

/// <summary>Asks Prometheus' HTTP API.</summary>
internal sealed class PrometheusClient(string url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The single value of an instant query; null where there is none. Throws <see cref="DemoException"/>.</summary>
    public async Task<double?> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var seconds = at.ToUnixTimeMilliseconds() / 1000.0;
            using var answer = await _http.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}&time={seconds.ToString(CultureInfo.InvariantCulture)}", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw new DemoException($"Prometheus refuses {query}: {body}");
            }

            using var json = JsonDocument.Parse(body);
            var result = json.RootElement.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? null : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture) is var value && double.IsFinite(value) ? value : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new DemoException($"Prometheus does not answer: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();
}
