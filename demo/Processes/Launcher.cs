using System.Collections.Concurrent;
using System.Diagnostics;

namespace OutbackUptime.Demo.Processes;

/// <summary>
/// Starts processes from one thread that lives as long as the demo. Children ask to be killed when their starting thread ends
/// (setpriv --pdeathsig), so that none survives the demo, however it ends; a pool thread would end too early.
/// </summary>
internal sealed class Launcher : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> _requests = [];

    public Launcher() => new Thread(Run) { IsBackground = true, Name = "launcher" }.Start();

    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((info, started));
        return started.Task;
    }

    public void Dispose() => _requests.CompleteAdding();

    private void Run()
    {
        foreach (var (info, started) in _requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                started.SetException(new DemoException($"{info.FileName} could not be started: {e.Message}"));
            }
        }
    }
}
