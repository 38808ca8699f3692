using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace OutbackUptime.Silo.Console;

/// <summary>The console's files, from the assembly.</summary>
internal sealed class ConsoleAssets
{
    private const string Prefix = "console/";

    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, (byte[] Bytes, string ETag)> _files = Load().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A file as text.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(_files[name].Bytes);

    /// <summary>A file as an answer; 404 where there is none.</summary>
    public IResult File(string name) => _files.TryGetValue(name, out var file) && s_types.TryGetValue(Path.GetExtension(name), out var type)
        ? Results.Bytes(file.Bytes, type, entityTag: new EntityTagHeaderValue(file.ETag))
        : Results.NotFound();

    private static Dictionary<string, (byte[] Bytes, string ETag)> Load()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        var files = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[resource[Prefix.Length..].Replace('\\', '/')] = (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        }

        return files;
    }
}
