using System.Buffers.Binary;

namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>
/// A witness beside the database of how far the journal had got: after each commit it is overwritten, never synced (the kernel
/// writes it within half a minute). It never claims more than was durable, so what it claims and the database lacks was lost:
/// a log cut short looks like an older log otherwise.
/// </summary>
internal sealed class HighWaterMark : IDisposable
{
    private const int Size = 48;
    private const uint Magic = 0x4F55_4857;
    private readonly string _path;
    private readonly byte[] _buffer = new byte[Size];
    private Microsoft.Win32.SafeHandles.SafeFileHandle? _file;

    public HighWaterMark(string path) => _path = path;

    /// <summary>What the mark says.</summary>
    /// <param name="Epoch">Of the journal it speaks for.</param>
    /// <param name="Next">The offset that the next entry would have got.</param>
    /// <param name="First">The oldest offset kept.</param>
    /// <param name="Depth">Entries kept.</param>
    public sealed record Claim(Guid Epoch, long Next, long First, long Depth);

    /// <summary>The mark in a file, or null when there is none or it is damaged.</summary>
    public static Claim? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length >= Size
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
                && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Size - 4)) == RowChecksum.OfBytes(bytes.AsSpan(0, Size - 4))
                ? new Claim(
                    new Guid(bytes.AsSpan(4, 16)),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(20)),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(28)),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(36)))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the mark. Call only with what is durable. A disk that does not take it is no reason to stop.</summary>
    public void Write(Claim claim)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer, Magic);
        claim.Epoch.TryWriteBytes(_buffer.AsSpan(4));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(20), claim.Next);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(28), claim.First);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(36), claim.Depth);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(Size - 4), RowChecksum.OfBytes(_buffer.AsSpan(0, Size - 4)));
        try
        {
            _file ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(_file, _buffer, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
