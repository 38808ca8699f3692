using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OutbackUptime.Demo.Processes;

/// <summary>A supervised process. Its output goes to a log file; stdout lines can be listened to.</summary>
internal sealed partial class Child(ChildSpec spec, Launcher launcher, string logFolder, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private readonly Lock _logLock = new();
    private Process? _process;
    private StreamWriter? _log;
    private volatile bool _wanted;

    public string Name => spec.Name;

    public int Pid => _process?.Id ?? 0;

    public bool IsRunning => _process is { HasExited: false };

    public string LogPath => Path.Combine(logFolder, spec.Name + ".log");

    /// <summary>Times it was started again after dying by itself.</summary>
    public int Restarts { get; private set; }

    /// <summary>Every stdout line.</summary>
    public event Action<string>? Line;

    public async Task StartAsync()
    {
        _wanted = true;
        _log ??= new StreamWriter(new FileStream(LogPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        // In a session of its own: a terminal's Ctrl-C is for the demo, which then stops what it has started, one after the other.
        string[] command = ["setsid", "setpriv", "--pdeathsig", "KILL", "--", .. spec.Prefix, spec.Program, .. spec.Arguments];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = logFolder,
        };
        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        // A silo that finds itself evicted aborts by design: no core dumps.
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = await launcher.StartAsync(info).ConfigureAwait(false);
        _process = process;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => Take(e.Data, isOutput: true);
        process.ErrorDataReceived += (_, e) => Take(e.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (spec.RestartWhenItDies)
        {
            _ = RestartWhenItDiesAsync(process);
        }
    }

    public async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await spec.IsReady(cancellationToken).ConfigureAwait(false))
        {
            if (!spec.RestartWhenItDies && !IsRunning)
            {
                throw new DemoException($"{Name} ended with {_process?.ExitCode}:\n{Tail()}");
            }

            if (time.GetElapsedTime(started) > limit)
            {
                throw new DemoException($"{Name} was not ready within {limit.TotalSeconds:0} s; the end of {LogPath}:\n{Tail()}");
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _wanted = false;
        Signal(9);
        await WaitGoneAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
    }

    /// <summary>SIGTERM, and SIGKILL when it takes longer than the limit.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        _wanted = false;
        Signal(18);
        Signal(15);
        if (!await WaitGoneAsync(limit).ConfigureAwait(false))
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public void Pause(bool paused) => Signal(paused ? 19 : 18);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync().ConfigureAwait(false);
        }

        _process?.Dispose();
        if (_log is { } log)
        {
            await log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RestartWhenItDiesAsync(Process process)
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (_wanted && ReferenceEquals(process, _process))
        {
            Restarts++;
            Take($"ended with {process.ExitCode}, started again", isOutput: false);
            await StartAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> WaitGoneAsync(TimeSpan limit)
    {
        if (_process is null)
        {
            return true;
        }

        using var cancel = new CancellationTokenSource(limit, time);
        try
        {
            await _process.WaitForExitAsync(cancel.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Take(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        lock (_logLock)
        {
            if (_log?.BaseStream is { CanWrite: true })
            {
                _log.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {line}");
            }
        }

        if (isOutput)
        {
            Line?.Invoke(line);
        }
    }

    private string Tail() => File.Exists(LogPath) ? string.Join('\n', File.ReadLines(LogPath).TakeLast(15)) : "";

    private void Signal(int signal)
    {
        if (_process is { HasExited: false } process)
        {
            _ = kill(process.Id, signal);
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
