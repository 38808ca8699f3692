using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace OutbackUptime.Deploy.Tests.Images;

/// <summary>An image as `docker load` takes it: a tar of manifest.json, the configuration and layers.</summary>
internal sealed class ImageArchive
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public ImageArchive(string path)
    {
        using var stream = Decompressed(File.OpenRead(path));
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var copy = new MemoryStream();
                data.CopyTo(copy);
                _files[entry.Name] = copy.ToArray();
            }
        }

        var manifest = JsonDocument.Parse(_files["manifest.json"]).RootElement[0];
        Tags = [.. manifest.GetProperty("RepoTags").EnumerateArray().Select(t => t.GetString()!)];
        Config = JsonDocument.Parse(_files[manifest.GetProperty(nameof(Config)).GetString()!]).RootElement.GetProperty("config");
        Paths = [.. manifest.GetProperty("Layers").EnumerateArray().SelectMany(l => PathsOf(_files[l.GetString()!]))];
    }

    public IReadOnlyList<string> Tags { get; }

    /// <summary>User, Entrypoint, Env, Labels, …</summary>
    public JsonElement Config { get; }

    /// <summary>Of all layers' files.</summary>
    public IReadOnlyList<string> Paths { get; }

    public string Label(string name) => Config.GetProperty("Labels").GetProperty(name).GetString()!;

    private static List<string> PathsOf(byte[] layer)
    {
        using var stream = Decompressed(new MemoryStream(layer));
        using var tar = new TarReader(stream);
        List<string> paths = [];
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                paths.Add("/" + entry.Name.TrimStart('.', '/'));
            }
        }

        return paths;
    }

    private static Stream Decompressed(Stream stream)
    {
        var isGzip = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
