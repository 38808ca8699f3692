namespace OutbackUptime.Testing.Processes;

/// <summary>Azurite's table service as a process, in memory.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    // The emulator's well-known account; no secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private readonly ChildProcess _process;

    private AzuriteServer(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint=http://127.0.0.1:{Port}/devstoreaccount1;";

    public static async Task<AzuriteServer> StartAsync()
    {
        await using var where = ChildProcess.StartProject("OutbackUptime.EmbeddedClickHouse", ["--where", "azurite"]);
        var script = await where.WaitForLineAsync(l => l.EndsWith("main.js", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        var port = FreePort.Next();
        var process = ChildProcess.Start("node", [script, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--tableHost", "127.0.0.1", "--tablePort", port.ToString()]);
        await process.WaitForLineAsync(l => l.Contains("successfully started", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        return new AzuriteServer(process, port);
    }

    public void Pause(bool paused) => _process.Signal(paused ? 19 : 18);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
