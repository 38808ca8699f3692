namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Counts what the uplink's connections carry, as a metered link does: TLS and HTTP/2 included, TCP and IP headers not. Thread-safe.</summary>
internal sealed class WireMeter
{
    private long _bytes;

    /// <summary>Bytes since the start, both ways.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
