using System.Net.Sockets;

namespace OutbackUptime.Testing.Processes;

/// <summary>A real Mosquitto broker on a free port, whose data folder survives <see cref="KillAsync"/>.</summary>
public sealed class MosquittoServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private ChildProcess? _process;

    private MosquittoServer(string settings)
    {
        // It gives up root for a user that may not write here otherwise.
        File.WriteAllText(_folder.File("mosquitto.conf"), $"""
            listener {Port} 127.0.0.1
            allow_anonymous true
            user {Environment.UserName}
            persistence true
            persistence_location {_folder.FullPath}/
            {settings}

            """);
    }

    /// <summary>The program; null where it is not installed (Debian package `mosquitto`).</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/local/sbin").Select(d => Path.Combine(d, "mosquitto")).FirstOrDefault(File.Exists);

    public int Port { get; } = FreePort.Next();

    /// <param name="settings">Lines of mosquitto.conf.</param>
    public static async Task<MosquittoServer> StartAsync(string settings = "")
    {
        var server = new MosquittoServer(settings);
        await server.StartProcessAsync();
        return server;
    }

    /// <summary>Starts again on the same data and port.</summary>
    public async Task StartProcessAsync()
    {
        _process = ChildProcess.Start(Program!, ["-c", _folder.File("mosquitto.conf")]);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", Port);
                return true;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                return false;
            }
        });
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}
