using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>A process of a pipeline, which can be killed and started again on the same data.</summary>
/// <param name="name">E.g. `mosquitto`.</param>
/// <param name="role">What it is.</param>
/// <param name="start">Starts it; returns when it is ready.</param>
internal sealed class PipelinePart(string name, PartRole role, Func<CancellationToken, Task<ServerProcess>> start) : IAsyncDisposable
{
    private ServerProcess? _process;

    public string Name => name;

    public PartRole Role => role;

    /// <summary>Null while it does not run.</summary>
    public int? Process => _process?.Id;

    /// <summary>The first of what it said.</summary>
    public string Output => _process?.Output ?? "";

    public async Task StartAsync(CancellationToken cancellationToken) => _process = await start(cancellationToken).ConfigureAwait(false);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync().ConfigureAwait(false);
}
