namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>How the journal reaches its files. Tests put a recording or a failing disk here.</summary>
/// <param name="Vfs">Name of the SQLite VFS, or null for the default one.</param>
/// <param name="Files">Makes the folder's files for a data directory.</param>
/// <param name="BallastBytes">See <see cref="Ballast"/>. The log of the largest trim (5,000 entries) is well below the default of 4 MiB.</param>
internal sealed record JournalStorage(string? Vfs, Func<string, JournalFiles> Files, long BallastBytes = 4 << 20)
{
    public static JournalStorage Default { get; } = new(null, directory => new JournalFiles(directory));
}
