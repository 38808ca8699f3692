using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using OutbackUptime.EmbeddedClickHouse.Native;

namespace OutbackUptime.EmbeddedClickHouse.Engine;

/// <summary>The engine with a fixed number of connections. Open it before anything else starts: opening touches signals.</summary>
internal sealed class EnginePool : IDisposable
{
    private readonly Channel<EngineConnection> _idle = Channel.CreateUnbounded<EngineConnection>();
    private readonly EngineConnection[] _all;
    private readonly int _maxWaiting;
    private int _waiting;

    private EnginePool(EngineConnection[] all, int maxWaiting)
    {
        _all = all;
        _maxWaiting = maxWaiting;
        foreach (var connection in all)
        {
            _idle.Writer.TryWrite(connection);
        }
    }

    /// <summary>Loads the library and opens all connections.</summary>
    public static EnginePool Open(EngineOptions options)
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) =>
            name == Chdb.Library ? NativeLibrary.Load(options.LibraryPath) : 0);
        Directory.CreateDirectory(options.DataDirectory);

        var signals = SignalGuard.Snapshot();
        Chdb.chdb_set_signal_handlers_enabled(0);
        string[] arguments = ["clickhouse", $"--path={options.DataDirectory}", $"--max_server_memory_usage={options.MemoryLimitBytes}"];
        var connections = new EngineConnection[options.Connections];
        for (var i = 0; i < connections.Length; i++)
        {
            connections[i] = EngineConnection.Open(arguments);
            signals.Restore();
        }

        return new EnginePool(connections, options.MaxWaiting);
    }

    /// <summary>Runs <paramref name="work"/> on a connection of its own, off the caller's thread.</summary>
    public async Task<T> RunAsync<T>(Func<EngineConnection, T> work, CancellationToken cancellationToken)
    {
        if (!_idle.Reader.TryRead(out var connection))
        {
            if (Interlocked.Increment(ref _waiting) > _maxWaiting)
            {
                Interlocked.Decrement(ref _waiting);
                throw new QueryFailedException($"Code: 202. DB::Exception: Too many simultaneous queries: {_maxWaiting} are waiting already. (TOO_MANY_SIMULTANEOUS_QUERIES)");
            }

            try
            {
                connection = await _idle.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        try
        {
            // Once begun, a statement runs to its end even if its client has gone: the engine can't be interrupted.
            return await Task.Run(() => work(connection), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _idle.Writer.TryWrite(connection);
        }
    }

    public void Dispose() => Array.ForEach(_all, c => c.Dispose());
}
