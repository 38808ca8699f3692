using Microsoft.Win32.SafeHandles;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>A file of which parts may not be readable.</summary>
internal sealed class RawFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private RawFile(SafeFileHandle handle) => (_handle, Length) = (handle, RandomAccess.GetLength(handle));

    public long Length { get; }

    /// <summary>Null when there is no such file.</summary>
    public static RawFile? Open(string path) =>
        File.Exists(path) ? new RawFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)) : null;

    /// <summary>Whether SQLite has pages of that size.</summary>
    public static bool IsPageSize(int size) => size is >= 512 and <= 65536 && (size & (size - 1)) == 0;

    /// <summary>Fills the buffer; false when the file ends before, or the device gives these bytes no more.</summary>
    public bool TryRead(long position, Span<byte> buffer)
    {
        try
        {
            while (buffer.Length > 0)
            {
                var read = RandomAccess.Read(_handle, buffer, position);
                if (read == 0)
                {
                    return false;
                }

                buffer = buffer[read..];
                position += read;
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
