namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>How the journal reaches its files. Tests put a recording or a failing disk here.</summary>
/// <param name="Vfs">Name of the SQLite VFS, or null for the default one.</param>
/// <param name="Files">Makes the folder's files for a data directory.</param>
internal sealed record JournalStorage(string? Vfs, Func<string, JournalFiles> Files)
{
    public static JournalStorage Default { get; } = new(null, directory => new JournalFiles(directory));
}
