using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>Files in a folder in memory, opened as the gateway opens them.</summary>
internal sealed class DiskImage : IDisposable
{
    private readonly string _folder;

    public DiskImage(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _folder = Path.Combine(root, $"outback-journal-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_folder);
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        }
    }

    public string Folder => _folder;

    public OpenedJournal Open(JournalOptions? options = null, string station = "napperby") =>
        new JournalOpener(new JournalFiles(_folder), JournalStorage.Default, options ?? new JournalOptions(), station, ["syd", "mel"], TimeProvider.System).Open();

    /// <summary>All entries, as the uplink would get them; damaged ones apart.</summary>
    public static (IReadOnlyList<JournalEntry> Entries, IReadOnlyList<DamagedEntry> Damaged) ReadAll(OpenedJournal journal)
    {
        List<DamagedEntry> damaged = [];
        return (journal.Reader.Read(new OffsetRange(1, long.MaxValue), int.MaxValue, (_, _) => 0, damaged), damaged);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
