using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace OutbackUptime.Cli;

/// <summary>An export whose files are what its manifest says.</summary>
/// <param name="Files">Files besides the manifest.</param>
/// <param name="Bytes">Their lengths together.</param>
/// <param name="Packets">Rows of the packets' tables.</param>
/// <param name="ManifestSha256">Hash of the manifest itself.</param>
internal sealed record ExportCheck(int Files, long Bytes, long Packets, string ManifestSha256)
{
    /// <summary>Reads every file. Throws <see cref="CliException"/> that names what is wrong.</summary>
    public static ExportCheck OfZip(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var entry = zip.GetEntry("manifest.json") ?? throw new CliException($"{path} has no manifest.json: the export is incomplete. Try again.");
            using var manifest = JsonDocument.Parse(Read(entry));
            var files = manifest.RootElement.GetProperty("files").EnumerateArray().ToList();
            var (bytes, packets) = (0L, 0L);
            foreach (var file in files)
            {
                var name = file.GetProperty("name").GetString()!;
                using var stream = (zip.GetEntry(name) ?? throw new CliException($"{path}: {name} is in the manifest and not in the archive.")).Open();
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.GetProperty("sha256").GetString())
                {
                    throw new CliException($"{path}: {name} is not what the manifest says (SHA-256 differs).");
                }

                bytes += file.GetProperty("bytes").GetInt64();
                packets += name.StartsWith("packets-", StringComparison.Ordinal) && file.GetProperty("rows").ValueKind == JsonValueKind.Number ? file.GetProperty("rows").GetInt64() : 0;
            }

            return new ExportCheck(files.Count, bytes, packets, Convert.ToHexStringLower(SHA256.HashData(Read(entry))));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException)
        {
            throw new CliException($"{path} is no whole export: {e.Message}");
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
