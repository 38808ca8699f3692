using System.IO.Compression;
using OutbackUptime.EmbeddedClickHouse.Engine;
using ZstdSharp;

namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>Undoes a request's Content-Encoding.</summary>
internal static class BodyDecoder
{
    /// <summary>Most bytes that a body may hold once decompressed.</summary>
    private const int MaxBytes = 1 << 30;

    public static async Task<byte[]> DecodeAsync(MemoryStream raw, string encoding, CancellationToken cancellationToken)
    {
        raw.Position = 0;
        await using Stream? decoded = encoding switch
        {
            "" or "identity" => null,
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            "zstd" => new DecompressionStream(raw),
            _ => throw new QueryFailedException($"Code: 89. DB::Exception: Content-Encoding '{encoding}' is not supported; use gzip, deflate, br or zstd. (UNKNOWN_COMPRESSION_METHOD)"),
        };
        if (decoded is null)
        {
            return raw.ToArray();
        }

        using var plain = new MemoryStream((int)Math.Min(raw.Length * 4, MaxBytes));
        var buffer = new byte[81920];
        int read;
        while ((read = await decoded.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (plain.Length + read > MaxBytes)
            {
                throw new QueryFailedException("Code: 241. DB::Exception: the request's body is larger than 1 GiB when decompressed. (MEMORY_LIMIT_EXCEEDED)");
            }

            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }
}
