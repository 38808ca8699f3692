namespace OutbackUptime.Testing.Processes;

/// <summary>The real ClickHouse engine as a process of its own, on a data folder that survives <see cref="KillAsync"/>.</summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(3);
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    private ClickHouseServer(int port) => Port = port;

    public int Port { get; }

    public string DataFolder => _folder.FullPath;

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Database=outback";

    public static async Task<ClickHouseServer> StartAsync()
    {
        var server = new ClickHouseServer(FreePort.Next());
        await server.StartProcessAsync();
        return server;
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>SIGSTOP / SIGCONT.</summary>
    public void Pause(bool paused) => _process!.Signal(paused ? 19 : 18);

    /// <summary>Starts again on the same data and port.</summary>
    public async Task StartProcessAsync()
    {
        _process = ChildProcess.StartProject("OutbackUptime.EmbeddedClickHouse", ["--data", _folder.FullPath, "--port", Port.ToString(), "--die-with-parent"]);
        // The first start may fetch the engine.
        await _process.WaitForLineAsync(l => l.StartsWith("READY ", StringComparison.Ordinal), s_startLimit);
    }

    /// <summary>Runs SQL over plain HTTP and returns the answer, trimmed.</summary>
    public async Task<string> QueryAsync(string sql, string? database = null)
    {
        using var response = await _http.PostAsync(database is null ? Url : new Uri(Url, $"?database={database}"), new StringContent(sql));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text.TrimEnd() : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }
}
