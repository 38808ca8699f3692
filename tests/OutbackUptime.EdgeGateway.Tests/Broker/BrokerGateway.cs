using Microsoft.Data.Sqlite;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Broker;

/// <summary>A real gateway process behind a broker, with its own door shut and no region to be reached.</summary>
internal sealed class BrokerGateway : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment;
    private ChildProcess? _process;

    public BrokerGateway(int brokerPort, params (string Name, string Value)[] settings)
    {
        _environment = new()
        {
            ["Gateway__Station"] = "napperby",
            ["Gateway__HomeRegion"] = "syd",
            ["Gateway__DataDirectory"] = _folder.FullPath,
            ["Broker__Enabled"] = "true",
            ["Broker__Only"] = "true",
            ["Broker__Host"] = "127.0.0.1",
            ["Broker__Port"] = $"{brokerPort}",
            ["Broker__Plaintext"] = "true",
            ["Uplink__Regions__syd__Endpoints__0"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Uplink__Regions__mel__Endpoints__0"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Admin__Port"] = $"{FreePort.Next()}",
        };
        foreach (var (name, value) in settings)
        {
            _environment[name] = value;
        }
    }

    /// <summary>Starts it; returns when it is connected to the broker.</summary>
    /// <param name="linger">How long a commit waits for more packets: while it does, packets are delivered and not acknowledged.</param>
    public Task StartAsync(TimeSpan? linger = null)
    {
        Start(linger);
        return WaitForLineAsync("Connected to the broker");
    }

    /// <summary>Starts it, whatever becomes of it.</summary>
    public void Start(TimeSpan? linger = null)
    {
        _environment["Journal__Linger"] = $"{linger ?? TimeSpan.Zero}";
        _process = ChildProcess.StartProject("OutbackUptime.EdgeGateway", [], _environment);
    }

    public Task<string> WaitForLineAsync(string part) => _process!.WaitForLineAsync(l => l.Contains(part, StringComparison.Ordinal), TimeSpan.FromSeconds(60));

    public string Output => _process!.Output;

    public Task KillAsync() => _process!.KillAsync();

    public Task<int> StopAsync() => _process!.StopAsync();

    /// <summary>Journaled packets, `hub/boot/seq` in order.</summary>
    public List<string> Journaled()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("journal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT hub || '/' || boot || '/' || seq FROM entries WHERE kind = 1 ORDER BY offset";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}
