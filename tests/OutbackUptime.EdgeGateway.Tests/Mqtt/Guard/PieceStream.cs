namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

/// <summary>Bytes that come in pieces of at most a size.</summary>
internal sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
