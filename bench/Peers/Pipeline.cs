using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Peers;

/// <summary>From hubs to rows: its parts in the order in which they start, where hubs publish, and the tables in which all rows must come to be.</summary>
internal sealed class Pipeline : IAsyncDisposable
{
    public required LoadTarget Target { get; init; }

    public required IReadOnlyList<PipelinePart> Parts { get; init; }

    /// <summary>Each must have every packet; the first is the nearest.</summary>
    public required IReadOnlyList<StoreTable> Tables { get; init; }

    /// <summary>Prepares the stores once they run.</summary>
    public Func<CancellationToken, Task> OnStores { get; init; } = _ => Task.CompletedTask;

    /// <summary>Waits until packets can pass, where the parts' own word is not enough.</summary>
    public Func<CancellationToken, Task> OnStarted { get; init; } = _ => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var role in Parts.GroupBy(p => p.Role == PartRole.Store))
        {
            foreach (var part in role)
            {
                await part.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            if (role.Key)
            {
                await OnStores(cancellationToken).ConfigureAwait(false);
            }
        }

        await OnStarted(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The part that a kill of this role takes.</summary>
    public PipelinePart Of(PartRole role) => Parts.First(p => p.Role == role);

    /// <summary>CPU seconds since their start: of all but the stores, and of the stores.</summary>
    public (double Pipeline, double Stores) CpuSeconds() => (
        ProcessTree.CpuSeconds(Parts.Where(p => p.Role != PartRole.Store).Select(p => p.Process).OfType<int>()),
        ProcessTree.CpuSeconds(Parts.Where(p => p.Role == PartRole.Store).Select(p => p.Process).OfType<int>()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in Parts.Reverse())
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var table in Tables)
        {
            table.Dispose();
        }
    }
}
