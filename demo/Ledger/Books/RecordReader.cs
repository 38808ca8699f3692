using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OutbackUptime.Ledger.Books;

/// <summary>
/// Reads hub records: lines of P (published), A (acknowledged) or X (acknowledged, deliberately bad), station, hub, boot or -, seq, hash;
/// separated by tabs. A last line without its end was torn by a kill and is passed over.
/// </summary>
internal static class RecordReader
{
    public static async Task ReadAsync(string path, LedgerBook book, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var buffer = new byte[1 << 20];
            var filled = 0;
            var number = 0L;
            HubBook? last = null;
            for (int read; (read = await file.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false)) > 0;)
            {
                filled += read;
                var consumed = 0;
                for (int end; (end = buffer.AsSpan(consumed, filled - consumed).IndexOf((byte)'\n')) >= 0; consumed += end + 1)
                {
                    number++;
                    if (!TryAdd(buffer.AsSpan(consumed, end), book, ref last))
                    {
                        throw new LedgerException($"{path}: line {number} is no record line: '{Encoding.UTF8.GetString(buffer, consumed, Math.Min(end, 200))}'.");
                    }
                }

                filled -= consumed;
                buffer.AsSpan(consumed, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                {
                    throw new LedgerException($"{path}: line {number + 1} is longer than a megabyte.");
                }
            }
        }
        catch (IOException e)
        {
            throw new LedgerException($"The record {path} can't be read: {e.Message}", e);
        }
    }

    private static bool TryAdd(ReadOnlySpan<byte> line, LedgerBook book, ref HubBook? last)
    {
        Span<Range> fields = stackalloc Range[7];
        if (Split(line, fields) != 6 || !ulong.TryParse(line[fields[5]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash))
        {
            return false;
        }

        var station = line[fields[1]];
        var hub = line[fields[2]];
        if (station.IsEmpty || hub.IsEmpty)
        {
            return false;
        }

        // Lines of a hub tend not to follow each other; two small strings a line are cheap enough.
        if (last is null || !Is(hub, last.Hub) || !Is(station, last.Station))
        {
            last = book.GetOrAdd(Encoding.UTF8.GetString(station), Encoding.UTF8.GetString(hub));
        }

        var kind = line[fields[0]];
        if (kind.SequenceEqual("X"u8))
        {
            last.Bad.Add(hash);
            return true;
        }

        var boot = BookEntry.NoBoot;
        var bootField = line[fields[3]];
        var acknowledged = kind.SequenceEqual("A"u8);
        if ((!acknowledged && !kind.SequenceEqual("P"u8))
            || (!bootField.SequenceEqual("-"u8) && !TryParse(bootField, out boot))
            || !TryParse(line[fields[4]], out var seq))
        {
            return false;
        }

        last.Add(boot, seq, hash, acknowledged);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> utf8, string text) => Ascii.Equals(utf8, text);

    private static bool TryParse(ReadOnlySpan<byte> text, out ulong value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var count = 0;
        foreach (var range in line.Split((byte)'\t'))
        {
            if (count == fields.Length)
            {
                return -1;
            }

            fields[count++] = range;
        }

        return count;
    }
}
