namespace OutbackUptime.Silo.GiveBack;

/// <summary>Whether this silo is on its way out: takes no new stations, is not ready, sends its gateways elsewhere.</summary>
public sealed class DrainState : IDisposable
{
    private readonly CancellationTokenSource _draining = new();

    /// <summary>Cancelled when the drain begins.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Whether it has begun.</summary>
    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Begins it.</summary>
    public Task BeginAsync() => _draining.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _draining.Dispose();
}
