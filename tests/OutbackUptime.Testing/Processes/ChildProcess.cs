using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OutbackUptime.Testing.Processes;

/// <summary>A process under test: started, watched, signalled, and gone when the test ends, however that ends.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<TaskCompletionSource<string>, Func<string, bool>> _waiters = new();

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything it has written to stdout and stderr so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts a project's program from the build output beside the test's own.</summary>
    public static ChildProcess StartProject(string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", [ProjectAssembly(project), .. arguments], environment);

    /// <summary>artifacts/bin/{project}/{configuration}/{project}.dll.</summary>
    public static string ProjectAssembly(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll");
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, e) => child.Take(e.Data);
        process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        process.Exited += (_, _) => _ = child.FailWaitersAsync();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return child;
    }

    /// <summary>The first line, past or to come, that fits; throws with the whole output when the process ends or time runs out.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, TimeSpan timeout)
    {
        var waiter = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters[waiter] = fits;
        if (_lines.FirstOrDefault(fits) is { } already)
        {
            waiter.TrySetResult(already);
        }
        else if (_process.HasExited)
        {
            await FailWaitersAsync();
        }

        try
        {
            return await waiter.Task.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No such line within {timeout.TotalSeconds} s. Output:\n{Output}");
        }
        finally
        {
            _waiters.TryRemove(waiter, out _);
        }
    }

    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var cancel = new CancellationTokenSource(timeout);
        await _process.WaitForExitAsync(cancel.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal: 15 SIGTERM, 9 SIGKILL, 19 SIGSTOP, 18 SIGCONT.</summary>
    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = kill(_process.Id, signal);
        }
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Signal(9);
        await WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGTERM, and waits until it is gone.</summary>
    public async Task<int> StopAsync()
    {
        Signal(15);
        return await WaitForExitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        foreach (var (waiter, fits) in _waiters)
        {
            if (fits(line))
            {
                waiter.TrySetResult(line);
            }
        }
    }

    private async Task FailWaitersAsync()
    {
        // Also waits until all output has been read: a waiter's line may be the last one.
        await _process.WaitForExitAsync();
        foreach (var waiter in _waiters.Keys)
        {
            waiter.TrySetException(new InvalidOperationException($"The process has ended with {_process.ExitCode}. Output:\n{Output}"));
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
