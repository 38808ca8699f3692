namespace OutbackUptime.Silo.Ingest;

/// <summary>Asks all gateways to leave this silo: when the host stops, or earlier by <see cref="Begin"/>.</summary>
internal sealed class IngestDrain : IDisposable
{
    private readonly CancellationTokenSource _begun;

    public IngestDrain(IHostApplicationLifetime lifetime) =>
        _begun = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);

    /// <summary>Cancelled once the drain has begun.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>Begins the drain; there is no way back.</summary>
    public void Begin() => _begun.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _begun.Dispose();
}
