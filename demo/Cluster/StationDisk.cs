using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Demo.Cluster;

/// <summary>
/// A gateway's card: an ext4 file system of its own in an image file, so that it can lose power or run full without the machine
/// doing so. What the file system has not written to the image is what a power cut loses.
/// </summary>
internal sealed class StationDisk : IAsyncDisposable
{
    private readonly string _image;

    private StationDisk(string image, string folder) => (_image, Folder) = (image, folder);

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>A new, empty disk mounted on <paramref name="folder"/>; null where this machine or user may not mount one.</summary>
    public static async Task<StationDisk?> TryCreateAsync(string folder, int megabytes)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        var disk = new StationDisk(folder + ".img", folder);
        try
        {
            await Shell.RunAsync("truncate", "-s", $"{megabytes}M", disk._image).ConfigureAwait(false);
            await Shell.RunAsync("mkfs.ext4", "-q", "-F", "-m", "0", disk._image).ConfigureAwait(false);
            await disk.MountAsync().ConfigureAwait(false);
            return disk;
        }
        catch (DemoException)
        {
            return null;
        }
    }

    /// <summary>Unmounts what an earlier run that was killed left mounted below <paramref name="root"/>.</summary>
    public static async Task ClearAsync(string root)
    {
        var mounts = File.Exists("/proc/mounts") ? await File.ReadAllLinesAsync("/proc/mounts").ConfigureAwait(false) : [];
        foreach (var folder in mounts.Select(m => m.Split(' ')[1]).Where(f => f.StartsWith(root + "/", StringComparison.Ordinal)))
        {
            await Shell.RunAsync("umount", "--lazy", folder).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What the disk would hold if power failed now: the image as the file system has written it, without what only waits in
    /// memory. Nothing may be acknowledged between this and the end of the process that writes on it.
    /// </summary>
    public Task SnapshotAsync() => Shell.RunAsync("cp", "--sparse=always", _image, Cut);

    /// <summary>Power is back: the disk is what <see cref="SnapshotAsync"/> found. Nothing may have it open.</summary>
    public async Task RestoreAsync()
    {
        await Shell.RunAsync("umount", Folder).ConfigureAwait(false);
        File.Move(Cut, _image, overwrite: true);
        await MountAsync().ConfigureAwait(false);
    }

    /// <summary>Fills it up to its last block.</summary>
    public async Task FillAsync()
    {
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0; size /= 16)
        {
            // In ever smaller pieces, until not even 4 KiB are left.
            var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, 0, FileOptions.WriteThrough);
            await using (filler.ConfigureAwait(false))
            {
                try
                {
                    while (true)
                    {
                        await filler.WriteAsync(block.AsMemory(0, size)).ConfigureAwait(false);
                    }
                }
                catch (IOException)
                {
                    // Full for this size.
                }
            }
        }
    }

    /// <summary>Takes back what <see cref="FillAsync"/> wrote.</summary>
    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Shell.RunAsync("umount", "--lazy", Folder).ConfigureAwait(false);
        }
        catch (DemoException)
        {
            // It was not mounted any more.
        }
    }

    private string Cut => _image + ".cut";

    private string Filler => Path.Combine(Folder, "filler");

    private Task MountAsync() => Shell.RunAsync("mount", "-o", "loop", _image, Folder);
}
