using System.Diagnostics;
using System.Text;

namespace OutbackUptime.Bench.Servers;

/// <summary>A server under load: a process of its own, gone when the measurement ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptOutput = 8192;
    private readonly Process _process;
    private bool _disposed;
    private readonly StringBuilder _output = new();
    private readonly string? _readyText;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, string? readyText) => (_process, _readyText) = (process, readyText);

    public int Id => _process.Id;

    /// <summary>Starts a program and waits for the text in its output that says it is ready; null: does not wait.</summary>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? readyText, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var server = new ServerProcess(process, readyText);
        process.OutputDataReceived += (_, e) => server.Take(e.Data);
        process.ErrorDataReceived += (_, e) => server.Take(e.Data);
        process.Exited += (_, _) => server._ready.TrySetException(new BenchException($"{Path.GetFileName(program)} has ended:\n{server.Output}"));
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{program} could not be started: {e.Message}", e);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (readyText is null)
        {
            return server;
        }

        try
        {
            await server._ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch (Exception e) when (e is TimeoutException or BenchException or OperationCanceledException)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw e is TimeoutException ? new BenchException($"{program} was not ready within 60 s:\n{server.Output}", e) : e;
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>The first of what it said.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>SIGKILL; returns when it is gone. A second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        if (!_process.HasExited)
        {
            // With what it started: RabbitMQ's program is a child of a script.
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            if (_output.Length < KeptOutput)
            {
                _output.AppendLine(line);
            }
        }

        if (_readyText is not null && line.Contains(_readyText, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
