namespace OutbackUptime.Testing.Processes;

/// <summary>A folder that goes with the test.</summary>
public sealed class TempFolder(bool inMemory = false) : IDisposable
{
    // For tests of rules, not of the disk: an fsync there costs nothing.
    private const string Memory = "/dev/shm";

    public string FullPath { get; } = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"outback-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("outback-").FullName;

    public string File(string name) => System.IO.Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
