using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OutbackUptime.EmbeddedClickHouse.Fetching;

/// <summary>
/// Fetches the engine and Azurite once, with npm, into a folder that all checkouts of a user share. Safe when several
/// processes want them at once; a fetch that breaks off leaves nothing behind that looks complete.
/// </summary>
public sealed class PackageCache
{
    private readonly string _root;
    private readonly NpmClient _npm;
    private readonly Action<string> _progress;

    /// <param name="root">The cache folder; see <see cref="DefaultRoot"/>.</param>
    /// <param name="npm">How npm is run.</param>
    /// <param name="progress">Told of what takes long.</param>
    public PackageCache(string root, NpmClient npm, Action<string> progress) => (_root, _npm, _progress) = (root, npm, progress);

    /// <summary>OUTBACK_CACHE, or outback-uptime in the user's cache folder.</summary>
    public static string DefaultRoot()
    {
        if (Environment.GetEnvironmentVariable("OUTBACK_CACHE") is { Length: > 0 } own)
        {
            return own;
        }

        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "outback-uptime");
    }

    /// <summary>Path of libchdb.so, fetched if it isn't there.</summary>
    public async Task<string> ChdbAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new FetchFailedException("The embedded ClickHouse engine runs on Linux x64 only. Point OUTBACK_CLICKHOUSE_SYD and OUTBACK_CLICKHOUSE_MEL at ClickHouse servers instead.");
        }

        var folder = await EnsureAsync($"chdb-{NpmPackage.ChdbVersion}", FetchChdbAsync, cancellationToken).ConfigureAwait(false);
        return Path.Combine(folder, "libchdb.so");
    }

    /// <summary>Path of Azurite's table service script (run it with node), fetched if it isn't there.</summary>
    public async Task<string> AzuriteAsync(CancellationToken cancellationToken)
    {
        var folder = await EnsureAsync($"azurite-{NpmPackage.AzuriteVersion}", FetchAzuriteAsync, cancellationToken).ConfigureAwait(false);
        return Path.Combine(folder, "node_modules", "azurite", "dist", "src", "table", "main.js");
    }

    private async Task<string> EnsureAsync(string name, Func<string, CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_root, name);
        if (Directory.Exists(target))
        {
            return target;
        }

        Directory.CreateDirectory(_root);
        await using var onlyOne = await FolderLock.AcquireAsync(Path.Combine(_root, name + ".lock"), _progress, cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(target))
        {
            return target;
        }

        var work = Directory.CreateDirectory(Path.Combine(_root, $"{name}.{Guid.NewGuid():N}.partial")).FullName;
        try
        {
            await fetch(work, cancellationToken).ConfigureAwait(false);
            Directory.Move(work, target);
            _progress($"{name} is in {target}");
            return target;
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private async Task FetchChdbAsync(string folder, CancellationToken cancellationToken)
    {
        _progress("fetching the ClickHouse engine (178 MB, once) …");
        await _npm.RunAsync(["pack", $"{NpmPackage.Chdb}@{NpmPackage.ChdbVersion}", "--silent", "--pack-destination", folder], folder, cancellationToken).ConfigureAwait(false);
        var tarball = Directory.GetFiles(folder, "*.tgz").SingleOrDefault()
            ?? throw new FetchFailedException($"npm pack gave no tarball of {NpmPackage.Chdb}.");
        await VerifyAsync(tarball, NpmPackage.ChdbIntegrity, cancellationToken).ConfigureAwait(false);

        _progress("unpacking it (570 MB) …");
        await using (var file = File.OpenRead(tarball))
        await using (var gzip = new GZipStream(file, CompressionMode.Decompress))
        await using (var tar = new TarReader(gzip))
        {
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (Path.GetFileName(entry.Name) == "libchdb.so")
                {
                    await entry.ExtractToFileAsync(Path.Combine(folder, "libchdb.so"), overwrite: true, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        File.Delete(tarball);
        if (!File.Exists(Path.Combine(folder, "libchdb.so")))
        {
            throw new FetchFailedException($"{NpmPackage.Chdb} {NpmPackage.ChdbVersion} holds no libchdb.so.");
        }
    }

    /// <summary>Refuses a file whose hash is not the pinned one.</summary>
    internal static async Task VerifyAsync(string path, string integrity, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        if (actual != integrity)
        {
            throw new FetchFailedException($"{Path.GetFileName(path)} is not what was pinned (expected {integrity}, got {actual}). It was not used. Clear npm's cache and try again; if it stays so, the registry serves another file.");
        }
    }

    private async Task FetchAzuriteAsync(string folder, CancellationToken cancellationToken)
    {
        _progress("fetching Azurite (once) …");
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "azurite", file), Path.Combine(folder, file));
        }

        await _npm.RunAsync(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder, cancellationToken).ConfigureAwait(false);
    }
}
