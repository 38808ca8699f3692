using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OutbackUptime.Deploy.Tests.Images;

/// <summary>
/// A registry on this machine with one base image in it: an empty layer, and the user that the real bases have. Enough for the SDK to
/// build our images on where the real ones can't be fetched; what they add to it is what is looked at.
/// </summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    // Docker's kinds, as those of the real bases: the SDK then writes the archive that `docker load` takes.
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly Dictionary<string, (string Type, byte[] Content)> _blobs = [];
    private readonly WebApplication _app;

    private LocalRegistry()
    {
        var tar = EmptyTar();
        var layer = Blob("application/vnd.docker.image.rootfs.diff.tar.gzip", Compress(tar));
        var config = Blob("application/vnd.docker.container.image.v1+json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { User = "1654", Env = new[] { "PATH=/usr/local/bin:/usr/bin:/bin", "APP_UID=1654" } },
            rootfs = new { type = "layers", diff_ids = new[] { DigestOf(tar) } },
            history = new[] { new { created = "2026-01-01T00:00:00Z", created_by = "test" } },
        }));
        Manifest = Blob(ManifestType, JsonSerializer.SerializeToUtf8Bytes(new { schemaVersion = 2, mediaType = ManifestType, config, layers = new[] { layer } })).Digest;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapMethods("/v2/{**path}", ["GET", "HEAD"], Answer);
    }

    /// <summary>`localhost:port`: the SDK speaks plain HTTP to no other.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Digest of the base image's manifest.</summary>
    public string Manifest { get; }

    public static async Task<LocalRegistry> StartAsync()
    {
        var registry = new LocalRegistry();
        await registry._app.StartAsync();
        registry.Address = $"localhost:{new Uri(registry._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}";
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(HttpContext context, string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return Results.Ok();
        }

        var reference = path.Split('/')[^1];
        var digest = path.Contains("/manifests/", StringComparison.Ordinal) && !reference.StartsWith("sha256:", StringComparison.Ordinal) ? Manifest : reference;
        if (!_blobs.TryGetValue(digest, out var blob))
        {
            return Results.NotFound();
        }

        context.Response.Headers["Docker-Content-Digest"] = digest;
        return Results.Bytes(blob.Content, blob.Type);
    }

    private Descriptor Blob(string type, byte[] content)
    {
        var digest = DigestOf(content);
        _blobs[digest] = (type, content);
        return new Descriptor(type, digest, content.Length);
    }

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] EmptyTar()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/os-release") { DataStream = new MemoryStream(Encoding.ASCII.GetBytes("ID=test\n")), ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return stream.ToArray();
    }

    private static byte[] Compress(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    /// <summary>A blob as a manifest names it.</summary>
    private sealed record Descriptor(
        [property: JsonPropertyName("mediaType")] string Type, [property: JsonPropertyName("digest")] string Digest, [property: JsonPropertyName("size")] int Size);
}
