using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OutbackUptime.EdgeGateway.Tests.Mqtt;

namespace OutbackUptime.EdgeGateway.Tests.Admin;

public sealed class AdminServerTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new();
    private readonly HttpClient _http = new();

    public async Task InitializeAsync()
    {
        await _gateway.StartAsync();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{_gateway.AdminPort}");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Admin_WhenAsked_AnswersWhatItHas()
    {
        Assert.Equal("live\n", await _http.GetStringAsync("/healthz/live"));
        Assert.Equal("ready\n", await _http.GetStringAsync("/healthz/ready?verbose=1"));
        Assert.Equal("napperby", (await _http.GetFromJsonAsync<JsonElement>("/status")).GetProperty("station").GetString());
        Assert.Equal(JsonValueKind.Array, (await _http.GetFromJsonAsync<JsonElement>("/latency")).GetProperty("journalToSafe").ValueKind);
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/healthz/live"));
        Assert.Equal(5, head.Content.Headers.ContentLength);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri("/etc/passwd", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.PostAsync(new Uri("/status", UriKind.Relative), null)).StatusCode);
    }

    [Theory]
    [InlineData("\0\u0001\u0002 nonsense\r\n\r\n")]
    [InlineData("GET /status HTTP/9\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task Admin_WhenTheRequestIsNone_SaysSo(string request) =>
        Assert.StartsWith("HTTP/1.1 400 ", await SayAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task Admin_WhenTheHeadNeverEnds_SaysSoAndGoesOn()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await SayAsync("GET /status HTTP/1.1\r\nX: " + new string('x', 8192 - 25)), StringComparison.Ordinal);

        Assert.Equal("live\n", await _http.GetStringAsync("/healthz/live"));
    }

    [Fact]
    public async Task Admin_WhenManyHangOn_AnswersOthersInTheEnd()
    {
        var hanging = Enumerable.Range(0, 20).Select(_ => new TcpClient("127.0.0.1", _gateway.AdminPort)).ToList();

        // They lose their places after five seconds each, eight at a time.
        Assert.Equal("live\n", await _http.GetStringAsync("/healthz/live"));

        hanging.ForEach(c => c.Dispose());
    }

    private async Task<string> SayAsync(string request)
    {
        using var client = new TcpClient("127.0.0.1", _gateway.AdminPort);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
