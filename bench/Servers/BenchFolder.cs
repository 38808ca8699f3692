namespace OutbackUptime.Bench.Servers;

/// <summary>A server's folder; goes with the measurement.</summary>
internal sealed class BenchFolder(string parent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName()));

    public string Path => _folder.FullName;

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
